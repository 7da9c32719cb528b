"""Der Spiegel."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import spiegel


class Spiegel(NewsSpider):
    name = "spiegel"
    title = "DER SPIEGEL"
    domains = ("spiegel.de",)
    feeds = ("https://www.spiegel.de/schlagzeilen/index.rss",)
    sitemaps = ("https://www.spiegel.de/sitemaps/news-de.xml",)
    leave_out = (
        r"^/(audio|fotostrecke|spiele|thema|video)(/|$)",
        r"liveticker|live-blog|newsblog",
    )
    parsers = spiegel.PARSERS
