"""The Independent, independent.co.uk, and the-independent.com outside of Europe."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.parser import Parser


class Independent2011(Parser):
    """The first paragraph is in a box of its own, before an advertisement."""

    name = "independent/2011"
    layout = ".storyContent .body"
    title = "h1.title"
    standfirst = ".storyContent .subtitle"
    authors = ".byline .authorName"
    published = ".dateline"
    body = ".storyTop, .storyContent .body"


class Independent2015(Parser):
    """Galleries and related stories stand between the paragraphs."""

    name = "independent/2015"
    layout = ".text-wrapper"
    title = "h1[itemprop=headline]"
    standfirst = ".intro"
    authors = ".author [itemprop=name] a"
    body = ".text-wrapper"
    drop = ".inline-pipes-list, .type-gallery"
    paragraph = ".text-wrapper p"
    list_item = ".text-wrapper li"
    subheading = ".text-wrapper h2, .text-wrapper h3"
    quote = ".text-wrapper blockquote"
    caption = ".text-wrapper > figure figcaption"


class Independent2020(Parser):
    """In 2020 each paragraph is in a box of its own."""

    name = "independent/2020"
    layout = "#articleHeader"
    title = "#articleHeader h1"
    standfirst = "#articleHeader h2"
    authors = '#articleHeader a[href*="/author/"]'
    body = "#main"
    drop = "aside, .related, .newsletter-component"
    paragraph = "#main p:not(figcaption p)"
    list_item = "#main li"
    subheading = "#main h2, #main h3, #main h4"
    quote = "#main blockquote"
    caption = "#main > figure figcaption, #main > div > figure figcaption"


class Independent(NewsSpider):
    name = "independent"
    title = "The Independent"
    country = "GB"
    language = "en"
    domains = ("independent.co.uk", "the-independent.com")
    feeds = tuple(
        f"https://www.independent.co.uk/{section}/rss"
        for section in ("news", "news/uk", "news/uk/politics", "news/world", "news/business")
    )
    sitemaps = ("https://www.independent.co.uk/sitemaps/googlenews",)
    leave_out = (
        r"^/(tv|video|podcasts?|newsletters?|topic|author|games|puzzles|betting|vouchercodes)(/|$)",
        r"-live(-updates)?-b\d+\.html$",
    )
    parsers = (Independent2020, Independent2015, Independent2011)
