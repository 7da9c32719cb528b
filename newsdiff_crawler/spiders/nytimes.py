"""The New York Times."""

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.parsing import nytimes


class NYTimes(NewsSpider):
    name = "nytimes"
    title = "The New York Times"
    domains = ("nytimes.com",)
    feeds = tuple(
        f"https://rss.nytimes.com/services/xml/rss/nyt/{section}.xml"
        for section in (
            "HomePage",
            "World",
            "US",
            "Politics",
            "NYRegion",
            "Business",
            "Technology",
            "Science",
            "Health",
        )
    )
    sitemaps = ("https://www.nytimes.com/sitemaps/new/news.xml.gz",)
    leave_out = (
        r"^/(athletic|wirecutter|interactive|live|video|slideshow|recipes|games|puzzles)(/|$)",
        r"^/(\d+/\d+/\d+/)?(crosswords|podcasts|audio|briefing|newsletters)(/|$)",
    )
    parsers = nytimes.PARSERS
