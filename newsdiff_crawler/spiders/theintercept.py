"""The Intercept."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import theintercept


class TheIntercept(NewsSpider):
    name = "theintercept"
    title = "The Intercept"
    domains = ("theintercept.com",)
    feeds = ("https://theintercept.com/feed/?lang=en",)
    sitemaps = ("https://theintercept.com/news-sitemap.xml",)
    leave_out = (
        r"^/(podcasts?|newsletter|donate|staff|document|documents|video|series|collections)(/|$)",
    )
    parsers = theintercept.PARSERS
