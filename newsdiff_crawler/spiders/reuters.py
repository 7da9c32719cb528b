"""Reuters, reuters.com. It offers no RSS, and answers unknown crawlers with 401.

Captions are left out: the pages of most years show them only by script. So are the credits under
the text ("Reporting by ...; Editing by ..."), which are in an element of their own from 2018 on.
"""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

_NEWSLETTER = re.compile(r"\bSign up here\.?$")
_BODY = ':is([class*="article-body"], [data-testid="ArticleBody"])'


class Reuters2014(Parser):
    """Until 2017. The only time on the page is that of the last revision."""

    name = "reuters/2014"
    layout = "#articleText"
    authors = "#articleInfo .byline"
    body = "#articleText"
    caption = ""

    def read_modified(self, page: Page) -> list[object]:
        return [page.meta("REVISION_DATE")]


class Reuters2020(Parser):
    """2018 to 2020. Its JSON-LD is often broken."""

    name = "reuters/2020"
    layout = '[class*="StandardArticleBody_body"]'
    authors = '[class*="BylineBar_byline"]'
    body = layout
    drop = '[class*="Attribution_"], [class*="trustBadge"]'
    paragraph = f"{layout} p"
    list_item = f"{layout} li"
    subheading = f"{layout} h2, {layout} h3"
    caption = ""


class Reuters2021(Parser):
    """2020 and 2021."""

    name = "reuters/2021"
    layout = ".ArticleBodyWrapper"
    body = layout
    drop = '[class*="Attribution-"], [class*="TrustBadge"]'
    paragraph = f"{layout} p"
    list_item = f"{layout} li"
    subheading = f"{layout} h2, {layout} h3"
    caption = ""


class Reuters2024(Parser):
    """From 2021: ``data-testid``. What links say to screen readers only is no text."""

    name = "reuters/2024"
    layout = '[data-testid^="paragraph-"]'
    title = 'h1[data-testid="Heading"]'
    body = _BODY
    drop = 'span[style*="clip:rect"], span[style*="clip: rect"], p[data-testid="Body"]'
    paragraph = '[data-testid^="paragraph-"]'
    # The summary in points above the text, and lists in it.
    list_item = f'[data-testid="Summary"] > li, {_BODY} > ul > li, {_BODY} > ol > li'
    subheading = '[class*="article-body"] h2, [class*="article-body"] h3, [data-testid="Heading"]'
    caption = ""

    def read_authors(self, page: Page) -> list[str]:
        """Until 2023 the JSON-LD left the names out."""
        return super().read_authors(page) or page.meta_all("article:author")

    def keep(self, block: Block) -> bool:
        return not _NEWSLETTER.search(block.text)


class Reuters(NewsSpider):
    name = "reuters"
    title = "Reuters"
    country = "GB"
    language = "en"
    domains = ("reuters.com",)
    sitemaps = ("https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",)
    leave_out = (
        r"^/(graphics|newsletters|pictures|plus|podcasts|video)(/|$)",
        r"/live/",
    )
    parsers = (Reuters2024, Reuters2021, Reuters2020, Reuters2014)
