"""tagesschau.de, the news of ARD."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import tagesschau


class Tagesschau(NewsSpider):
    name = "tagesschau"
    title = "tagesschau"
    domains = ("tagesschau.de",)
    feeds = (
        "https://www.tagesschau.de/infoservices/alle-meldungen-100~rss2.xml",
        "https://www.tagesschau.de/index~rss2.xml",
    )
    leave_out = (
        r"^/(archiv|infoservices|multimedia|newsticker|sendung|thema|wahlarchiv|wetter)(/|$)",
        r"/liveblog-",
    )
    parsers = tagesschau.PARSERS
