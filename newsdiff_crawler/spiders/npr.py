"""NPR, National Public Radio."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import npr

# News, national, world, politics, business, technology, science, health.
SECTIONS = (1001, 1003, 1004, 1014, 1006, 1019, 1007, 1128)


class NPR(NewsSpider):
    name = "npr"
    title = "NPR"
    domains = ("npr.org",)
    feeds = tuple(f"https://feeds.npr.org/{section}/rss.xml" for section in SECTIONS)
    leave_out = (
        r"^/(live-updates|newsletters|podcasts|programs|transcripts)(/|$)",
        r"^/sections/(pictureshow|tiny-desk)(/|$)",
    )
    parsers = npr.PARSERS
