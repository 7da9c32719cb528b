"""Al Jazeera English."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import aljazeera


class AlJazeera(NewsSpider):
    name = "aljazeera"
    title = "Al Jazeera"
    domains = ("aljazeera.com",)
    feeds = ("https://www.aljazeera.com/xml/rss/all.xml",)
    sitemaps = ("https://www.aljazeera.com/news-sitemap.xml",)
    leave_out = (
        r"^/(audio|gallery|interactives?|longform|podcasts|program|videos?)(/|$)",
        r"/liveblog/",
    )
    parsers = aljazeera.PARSERS
