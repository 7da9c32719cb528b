"""Le Monde, lemonde.fr."""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

_WITH = re.compile(r"\(avec ([^)]*)\)")
_WHERE = re.compile(r"\([^)]*\)")
_TEXT = ".article__content"


class _LeMonde(Parser):
    zone = "Europe/Paris"

    def read_authors(self, page: Page) -> list[str]:
        """``Ann Lee (avec Bo Chan)`` are two, ``Ann Lee (Lyon, correspondante)`` is one."""
        bylines = page.meta_all("og:article:author") or super().read_authors(page)
        return [_WHERE.sub("", _WITH.sub(r", \1", byline)) for byline in bylines]


class LeMonde2015(_LeMonde):
    """Until 2019: schema.org properties on the elements."""

    name = "lemonde/2015"
    layout = "#articleBody.contenu_article"
    title = "article h1"
    authors = '.bloc_signature [itemprop="author"]'
    published = '.bloc_signature [itemprop="datePublished"]'
    modified = '.bloc_signature [itemprop="dateModified"]'
    body = "#articleBody"
    paragraph = "#articleBody p:not(.lire)"
    list_item = "#articleBody li"
    subheading = "#articleBody h2, #articleBody h3"
    quote = "#articleBody blockquote"


class LeMonde2024(_LeMonde):
    """From 2019, with a new head from 2025: ``article__paragraph``, authors in the page's head."""

    name = "lemonde/2024"
    layout = f"{_TEXT} .article__paragraph"
    title = "h1.ds-title, h1.article__title"
    standfirst = ".ds-chapo, .article__desc"
    body = _TEXT
    drop = ".article__credit"
    paragraph = ".article__paragraph"
    list_item = f"{_TEXT} li"
    subheading = f".article__sub-title, {_TEXT} h2, {_TEXT} h3"
    quote = f"{_TEXT} blockquote"
    caption = ".article__legend"


class LeMonde(NewsSpider):
    name = "lemonde"
    title = "Le Monde"
    country = "FR"
    language = "fr"
    domains = ("lemonde.fr",)
    feeds = ("https://www.lemonde.fr/rss/une.xml", "https://www.lemonde.fr/rss/en_continu.xml")
    sitemaps = ("https://www.lemonde.fr/sitemap_news.xml",)
    leave_out = (
        r"^/(blog|guides-d-achat|jeux|podcasts)(/|$)",
        r"/(infographie|live|portfolio|video|visuel)/",
    )
    parsers = (LeMonde2024, LeMonde2015)
