"""NPR, National Public Radio, npr.org."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.parser import Parser


class NPR2023(Parser):
    """From 2014, also for older stories. The text of a radio story is its transcript."""

    name = "npr/2023"
    layout = ".storytitle h1"
    title = ".storytitle h1"
    zone = "America/New_York"
    authors = "#storybyline .byline__name"
    published = "#story-meta .dateblock time"
    body = "#storytext, .transcript.storytext"
    drop = ".disclaimer, .caption b, .enlarge_html, .internallink"
    paragraph = "#storytext p, .transcript p"
    list_item = "#storytext li"
    subheading = "#storytext h2, #storytext h3, #storytext h4"
    quote = "#storytext blockquote"
    caption = ".caption-wrap > .caption > p"


# News, national, world, politics, business, technology, science, health.
SECTIONS = (1001, 1003, 1004, 1014, 1006, 1019, 1007, 1128)


class NPR(NewsSpider):
    name = "npr"
    title = "NPR"
    country = "US"
    language = "en"
    domains = ("npr.org",)
    feeds = tuple(f"https://feeds.npr.org/{section}/rss.xml" for section in SECTIONS)
    leave_out = (
        r"^/(live-updates|newsletters|podcasts|programs|transcripts)(/|$)",
        r"^/sections/(pictureshow|tiny-desk)(/|$)",
    )
    parsers = (NPR2023,)
