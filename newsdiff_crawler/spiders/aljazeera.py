"""Al Jazeera English, aljazeera.com."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.parser import Parser

_TEXT = ".wysiwyg--all-content"


class AlJazeera2023(Parser):
    """From 2020."""

    name = "aljazeera/2023"
    layout = f"main {_TEXT}"
    title = "main h1"
    standfirst = ".article__subhead"
    authors = ".article-author-name-item"
    body = f".article-featured-image, main {_TEXT}"
    paragraph = f"{_TEXT} p"
    list_item = f"{_TEXT} li"
    subheading = f"{_TEXT} h2, {_TEXT} h3, {_TEXT} h4"
    quote = f"{_TEXT} blockquote"


class AlJazeera(NewsSpider):
    name = "aljazeera"
    title = "Al Jazeera"
    country = "QA"
    language = "en"
    domains = ("aljazeera.com",)
    feeds = ("https://www.aljazeera.com/xml/rss/all.xml",)
    sitemaps = ("https://www.aljazeera.com/news-sitemap.xml",)
    leave_out = (
        r"^/(audio|gallery|interactives?|longform|podcasts|program|videos?)(/|$)",
        r"/liveblog/",
    )
    parsers = (AlJazeera2023,)
