"""The Associated Press, apnews.com. It offers no RSS."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.parser import Parser


class AP2023(Parser):
    """Until July 2023: ``data-key``, and classes that a build makes up."""

    name = "apnews/2023"
    layout = '.Article[data-key="article"]'
    title = '[data-key="card-headline"] h1'
    authors = '.CardHeadline [class*="-bylines-"]'
    body = '.Article[data-key="article"]'
    paragraph = ".Article p"
    list_item = ".Article li"
    subheading = ".Article h2, .Article h3, .Article h4"
    quote = ".Article blockquote"
    caption = ""

    def keep(self, block: Block) -> bool:
        """Not the line ``___`` that AP draws between the parts of a story."""
        return any(map(str.isalnum, block.text))


class AP2024(AP2023):
    """From July 2023: related stories and other boxes stand between the paragraphs."""

    name = "apnews/2024"
    layout = ".RichTextStoryBody"
    title = ".Page-headline"
    standfirst = ".Page-subHeadline"
    authors = ".Page-authors"
    body = ".RichTextStoryBody"
    paragraph = ".RichTextStoryBody p"
    list_item = ".RichTextStoryBody li"
    subheading = ".RichTextStoryBody h2, .RichTextStoryBody h3, .RichTextStoryBody h4"
    quote = ".RichTextStoryBody blockquote"
    caption = ".Figure-caption"


class APNews(NewsSpider):
    name = "apnews"
    title = "AP News"
    country = "US"
    language = "en"
    domains = ("apnews.com",)
    sitemaps = ("https://apnews.com/news-sitemap-content.xml",)
    leave_out = (r"^/(audio|games|hub|live|newsletters|photo-gallery|press-release|video)(/|$)",)
    parsers = (AP2024, AP2023)
