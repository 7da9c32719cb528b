"""RT, rt.com."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser


class RT2014(Parser):
    """Posts, videos and links to other stories are in the text as ``.rtcode``."""

    name = "rt/2014"
    layout = ".article__text"
    title = ".article__heading"
    standfirst = ".article__summary"
    body = ".article__text"
    drop = ".rtcode, .read-more"

    def read_published(self, page: Page) -> list[object]:
        return [*_dates(page, "Published time:"), *super().read_published(page)]

    def read_modified(self, page: Page) -> list[object]:
        return [*_dates(page, "Edited time:"), *super().read_modified(page)]


def _dates(page: Page, label: str) -> list[str]:
    """Dates shown after a label, in UTC: "Edited time: 1 Apr, 2016 15:17"."""
    shown = [text_of(node) for node in page.all(".article__date .date")]
    return [text.removeprefix(label) for text in shown if text.startswith(label)]


class RT(NewsSpider):
    name = "rt"
    title = "RT"
    country = "RU"
    language = "en"
    domains = ("rt.com",)
    feeds = (
        "https://www.rt.com/rss/",
        "https://www.rt.com/rss/news/",
        "https://www.rt.com/rss/russia/",
        "https://www.rt.com/rss/business/",
    )
    sitemaps = ("https://www.rt.com/newssitemap.xml",)
    leave_out = (
        r"^/(shows|on-air|schedule|podcast|in-motion|in-vision|listing|widget|trends)(/|$)",
    )
    parsers = (RT2014,)
