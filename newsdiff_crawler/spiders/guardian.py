"""The Guardian."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import guardian


class Guardian(NewsSpider):
    name = "guardian"
    title = "The Guardian"
    domains = ("theguardian.com",)
    feeds = tuple(
        f"https://www.theguardian.com/{section}/rss"
        for section in ("uk", "us", "au", "world", "politics", "business", "environment", "science")
    )
    sitemaps = ("https://www.theguardian.com/sitemaps/news.xml",)
    leave_out = (
        r"/(live|video|audio|gallery|picture|cartoon|crosswords|interactive|ng-interactive|quiz)/",
        r"^/(info|email-newsletters|games)/",
    )
    parsers = guardian.PARSERS
