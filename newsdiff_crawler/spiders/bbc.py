"""BBC News."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import bbc


class BBC(NewsSpider):
    name = "bbc"
    title = "BBC News"
    domains = ("bbc.com", "bbc.co.uk")
    feeds = tuple(
        f"https://feeds.bbci.co.uk/news/{section}rss.xml"
        for section in (
            "",
            "world/",
            "uk/",
            "business/",
            "politics/",
            "technology/",
            "health/",
            "science_and_environment/",
        )
    )
    leave_out = (
        r"^/(sport|sounds|iplayer|programmes|audio|video|videos|reel|games|weather|newsround)(/|$)",
        r"^/news/(av|live|video|videos|in_pictures|games)(/|-|$)",
        r"/live/|/videos?/",
    )
    parsers = bbc.PARSERS
