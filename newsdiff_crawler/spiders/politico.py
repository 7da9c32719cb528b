"""Politico: politico.com in Washington, and politico.eu in Brussels, with a layout of its own."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser


class Politico2010(Parser):
    """A long story fills several pages; each is read by itself."""

    name = "politico/2010"
    layout = ".story-wrapper .story-text"
    title = ".article > h1"
    authors = ".article > .byline a"
    body = ".story-text"
    drop = ".story-embed"
    zone = "America/New_York"

    def read_published(self, page: Page) -> list[object]:
        """The end of the byline, after a bar."""
        return [text_of(page.first(".article > .byline")).rpartition("|")[2]]


class Politico2018(Parser):
    """The headline is an ``h2``; the ``h1`` is the site's name."""

    name = "politico/2018"
    layout = ".story-text__paragraph"
    title = ".headline"
    standfirst = ".dek"
    authors = ".story-meta__authors .vcard"
    published = ".story-meta__timestamp time"
    body = ".story-text"
    drop = "aside, .story-meta"
    paragraph = ".story-text__paragraph"
    zone = "America/New_York"


class Politico2023Europe(Parser):
    name = "politico/2023-eu"
    layout = ".article__content"
    title = ".article-meta__title"
    standfirst = ".article-meta__excerpt"
    authors = ".article-meta__authors a"
    body = ".article__content"
    drop = ".content-listing"


class Politico(NewsSpider):
    name = "politico"
    title = "Politico"
    country = "US"
    language = "en"
    domains = ("politico.com", "politico.eu")
    feeds = (
        "https://rss.politico.com/politics-news.xml",
        "https://rss.politico.com/congress.xml",
        "https://rss.politico.com/healthcare.xml",
        "https://rss.politico.com/defense.xml",
        "https://rss.politico.com/economy.xml",
        "https://rss.politico.com/energy.xml",
        "https://www.politico.eu/feed/",
    )
    sitemaps = (
        "https://www.politico.com/news-sitemap.xml",
        "https://www.politico.eu/news-sitemap.xml",
    )
    leave_out = (
        r"^/(video|podcasts?|newsletters?|cartoons?|gallery|live-updates|minutes|interactives)/",
        r"^/(sponsored-content|event|events|live|tag|staff)/",
    )
    parsers = (Politico2023Europe, Politico2018, Politico2010)
