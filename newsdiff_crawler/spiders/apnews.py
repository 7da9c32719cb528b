"""The Associated Press. It offers no RSS."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import apnews


class APNews(NewsSpider):
    name = "apnews"
    title = "AP News"
    domains = ("apnews.com",)
    sitemaps = ("https://apnews.com/news-sitemap-content.xml",)
    leave_out = (r"^/(audio|games|hub|live|newsletters|photo-gallery|press-release|video)(/|$)",)
    parsers = apnews.PARSERS
