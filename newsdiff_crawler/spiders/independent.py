"""The Independent."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import independent


class Independent(NewsSpider):
    name = "independent"
    title = "The Independent"
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
    parsers = independent.PARSERS
