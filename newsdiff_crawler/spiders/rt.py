"""RT."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import rt


class RT(NewsSpider):
    name = "rt"
    title = "RT"
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
    parsers = rt.PARSERS
