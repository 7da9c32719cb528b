"""BBC News, bbc.com and bbc.co.uk. Class names are build hashes: never select by them."""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

# For screen readers only, without a space before the caption.
_CAPTION_LABEL = re.compile(r"^(?:image|media|video|audio) caption[,:]?\s*", re.IGNORECASE)
_FOLLOW_US = re.compile(
    r"^(?:Follow|Listen to) .{1,40}? (?:on|live) .*(?:here|YouTube|Facebook)\.?$"
)
# What the page says about content that it could not show.
_NOTICE = re.compile(
    r"^(?:If you are reading this page and can't see the form|Allow .{1,30} content\?$"
    r"|This article contains content provided by|To (?:play|view) this (?:content|video)"
    r"|The BBC is not responsible for the content of external sites)"
)


class BBC2020(Parser):
    """bbc.co.uk from 2020: ``data-component`` blocks beside a ``__INITIAL_DATA__`` state."""

    name = "bbc/2020"
    layout = "article h1#main-heading"
    zone = "Europe/London"
    title = "#main-heading"
    body = "article"
    # What is no block is boilerplate (topics, advertisements, most read), and so are these blocks.
    drop = (
        'header, [data-component]:not([data-component$="-block"]), [data-testid="promo"],'
        ' [data-component="headline-block"], [data-component="byline-block"],'
        ' [data-component="metadata-block"], [data-component="links-block"],'
        ' [data-component="tag-list-block"], [data-component="advertisement-block"],'
        ' [data-component="timestamp-block"], [data-component="contributor-block"],'
        ' [data-component="social-media-block"], [data-component="embed-block"], [id^="end-of-"]'
    )

    def read_body(self, page: Page) -> list[Block]:
        return [
            Block(block.kind, _CAPTION_LABEL.sub("", block.text))
            for block in super().read_body(page)
        ]

    def keep(self, block: Block) -> bool:
        return not _NOTICE.match(block.text)


class BBC2024(BBC2020):
    """bbc.com from 2024: the same blocks, under Next.js."""

    name = "bbc/2024"
    layout = '#__next [data-component="headline-block"] h1'
    title = '[data-component="headline-block"] h1'


class BBCWorld(Parser):
    """The World Service's pages in forty languages, from 2019."""

    name = "bbc/2019-world"
    layout = "main[role=main] h1#content"
    body = "main[role=main]"
    drop = (
        "section, figure > div, figcaption > span:first-child,"
        ' [data-testid="consentBanner"], [id^="end-of-"]'
    )


class BBC2015(Parser):
    """The pages of 2015 to 2020. Their ``datePublished`` is the time of the last update."""

    name = "bbc/2015"
    layout = ".story-body__inner"
    title = ".story-body__h1"
    authors = ".byline__name"
    body = ".story-body__inner"
    drop = ".off-screen, .bbccom_slot, .sticky-player__body"

    def read_published(self, page: Page) -> list[object]:  # noqa: ARG002 - none is stated
        return []

    def read_modified(self, page: Page) -> list[object]:
        return [*super().read_modified(page), page.story.get("datePublished")]

    def keep(self, block: Block) -> bool:
        return not _FOLLOW_US.match(block.text)


class BBC2016Amp(Parser):
    """Pages for mobile phones, 2016."""

    name = "bbc/2016-amp"
    layout = ".main_article_text"
    title = "h1.headline"
    body = ".main_article_text"
    caption = ".caption"
    drop = '.screen_reader_text, [role="complementary"]'


class BBC2009(Parser):
    """news.bbc.co.uk, and what the pages up to 2014 have in common with it."""

    name = "bbc/2009"
    layout = "td.storybody"
    authors = "td.storybody .byl"
    body = "td.storybody"
    caption = ".cap, .caption"
    own = caption  # under pictures and films alike
    drop = ".sharesb, .qboxflr, .mvtb, .mvb"

    def read_published(self, page: Page) -> list[object]:
        return [page.meta("OriginalPublicationDate")]

    def read_modified(self, page: Page) -> list[object]:
        return [page.meta("DCTERMS.modified")]


class BBC2010(BBC2009):
    """2010 to 2014. Boxes beside the text lead to other stories, blogs and tweets."""

    name = "bbc/2010"
    layout = "h1.story-header"
    authors = ".story-body > .byline .byline-name"
    body = ".story-body"
    subheading = "h2, h3, .cross-head"
    drop = (
        ".share-help, .story-date, .story-feature, .embedded-hyper, .market-data,"
        " .twitter-module, form"
    )


class BBC2010Summer(BBC2010):
    """A few weeks of 2010."""

    name = "bbc/2010-summer"
    layout = "#meta-information h1"
    title = "#meta-information h1"
    authors = ".byline-name"
    body = "#story-body"
    own = ".comment, .caption"  # readers' letters; what stands under a film


class BBC2011World(BBC2009):
    """The World Service's pages up to 2014."""

    name = "bbc/2011-world"
    layout = ".story-body .bodytext"
    authors = ".story-body .byline .name"
    body = ".bodytext"


class BBC2003(BBC2009):
    """Tables within tables: 2003 to 2007. A reader's letter ends in the name, after a break."""

    name = "bbc/2003"
    layout = ".mxb > .sh"
    title = ".mxb > .sh"
    authors = ".byl"
    body = 'td[width="416"]'
    paragraph = "p, .mva"
    subheading = ".ch2, .sih, p > br + b"
    drop = ".mvtb, .mvb, .arr"
    loose = True


class BBC(NewsSpider):
    name = "bbc"
    title = "BBC News"
    country = "GB"
    language = "en"
    domains = ("bbc.com", "bbc.co.uk")
    feeds = tuple(
        f"https://feeds.bbci.co.uk/news/{section}rss.xml"
        for section in (
            "",
            "world/",
            "uk/",
            "business/",
            "politics/",
            "technology/",
            "health/",
            "science_and_environment/",
        )
    )
    leave_out = (
        r"^/(sport|sounds|iplayer|programmes|audio|video|videos|reel|games|weather|newsround)(/|$)",
        r"^/news/(av|live|video|videos|in_pictures|games)(/|-|$)",
        r"/live/|/videos?/",
    )
    parsers = (
        BBC2024,
        BBC2020,
        BBCWorld,
        BBC2016Amp,
        BBC2015,
        BBC2011World,
        BBC2010,
        BBC2010Summer,
        BBC2009,
        BBC2003,
    )
