"""The Washington Post."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import washingtonpost


class WashingtonPost(NewsSpider):
    name = "washingtonpost"
    title = "The Washington Post"
    domains = ("washingtonpost.com",)
    feeds = tuple(
        f"https://feeds.washingtonpost.com/rss/{section}"
        for section in (
            "politics",
            "national",
            "world",
            "opinions",
            "local",
            "business",
            "business/technology",
        )
    )
    sitemaps = ("https://www.washingtonpost.com/sitemaps/news-sitemap.xml.gz",)
    leave_out = (
        r"^/(video|podcasts|audio|newsletters?|games|crossword-puzzles|comics|recipes|discussions)/",
        r"/(interactive|live-blog)/|live-updates?\b",
    )
    parsers = washingtonpost.PARSERS
