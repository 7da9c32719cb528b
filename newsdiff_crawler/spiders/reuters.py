"""Reuters. It offers no RSS, and answers crawlers that it does not know with 401."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import reuters


class Reuters(NewsSpider):
    name = "reuters"
    title = "Reuters"
    domains = ("reuters.com",)
    sitemaps = ("https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",)
    leave_out = (
        r"^/(graphics|newsletters|pictures|plus|podcasts|video)(/|$)",
        r"/live/",
    )
    parsers = reuters.PARSERS
