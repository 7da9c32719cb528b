"""Politico, in Washington and in Brussels."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import politico


class Politico(NewsSpider):
    name = "politico"
    title = "Politico"
    domains = ("politico.com", "politico.eu")
    feeds = (
        "https://rss.politico.com/politics-news.xml",
        "https://rss.politico.com/congress.xml",
        "https://rss.politico.com/healthcare.xml",
        "https://rss.politico.com/defense.xml",
        "https://rss.politico.com/economy.xml",
        "https://rss.politico.com/energy.xml",
        "https://www.politico.eu/feed/",
    )
    sitemaps = (
        "https://www.politico.com/news-sitemap.xml",
        "https://www.politico.eu/news-sitemap.xml",
    )
    leave_out = (
        r"^/(video|podcasts?|newsletters?|cartoons?|gallery|live-updates|minutes|interactives)/",
        r"^/(sponsored-content|event|events|live|tag|staff)/",
    )
    parsers = politico.PARSERS
