"""Der Spiegel, spiegel.de. Class names say how things look; ``data-area`` says what they are."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.parser import Parser

_INTRO = 'article [data-area="intro"]'


class Spiegel2023(Parser):
    """From 2020. The visible headline is an ``h2``; the ``h1`` is for search engines."""

    name = "spiegel/2023"
    layout = _INTRO
    zone = "Europe/Berlin"
    kicker = f"{_INTRO} h2 > span:first-child:not(:last-child)"
    title = f"{_INTRO} h2 > span:last-child"
    standfirst = f"{_INTRO} .RichText"
    body = 'article [data-area="text"], article .RichTextCaption'
    drop = ".RichTextCredit"
    caption = ".RichTextCaption > p"


class Spiegel(NewsSpider):
    name = "spiegel"
    title = "DER SPIEGEL"
    country = "DE"
    language = "de"
    domains = ("spiegel.de",)
    feeds = ("https://www.spiegel.de/schlagzeilen/index.rss",)
    sitemaps = ("https://www.spiegel.de/sitemaps/news-de.xml",)
    leave_out = (
        r"^/(audio|fotostrecke|spiele|thema|video)(/|$)",
        r"liveticker|live-blog|newsblog",
    )
    parsers = (Spiegel2023,)
