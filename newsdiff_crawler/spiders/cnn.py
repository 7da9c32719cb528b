"""CNN. Its RSS feeds still answer, with nothing newer than April 2023."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import cnn


class CNN(NewsSpider):
    name = "cnn"
    title = "CNN"
    domains = ("cnn.com",)
    sitemaps = ("https://www.cnn.com/sitemap/news.xml",)
    leave_out = (
        r"^/(cnn-underscored|coupons|profiles|markets|games|newsletters|specials|election)(/|$)",
        r"/(live-news|videos?|audio|podcasts?|gallery|interactive)(/|$)",
    )
    parsers = cnn.PARSERS
