"""Le Monde."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import lemonde


class LeMonde(NewsSpider):
    name = "lemonde"
    title = "Le Monde"
    domains = ("lemonde.fr",)
    feeds = ("https://www.lemonde.fr/rss/une.xml", "https://www.lemonde.fr/rss/en_continu.xml")
    sitemaps = ("https://www.lemonde.fr/sitemap_news.xml",)
    leave_out = (
        r"^/(blog|guides-d-achat|jeux|podcasts)(/|$)",
        r"/(infographie|live|portfolio|video|visuel)/",
    )
    parsers = lemonde.PARSERS
