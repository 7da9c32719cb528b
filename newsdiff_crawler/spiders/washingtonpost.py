"""The Washington Post, washingtonpost.com. Classes with ``wpds-`` or ``PJLV`` are build hashes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import BlockKind
from newsdiff_crawler.parsing import linked_data
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser, below

_MILLISECONDS = re.compile(r"\d{12,13}")
_SHOWN_DATE = re.compile(r"[A-Z][a-z]+ \d\d?, \d{4}; \d\d?:\d\d [AP]M")


class WashingtonPostPage(Parser):
    """What the layouts share. Captions stay out: they come and go with the photographs."""

    zone = "America/New_York"
    caption = ""

    def read_authors(self, page: Page) -> list[str]:
        """The stated authors, if there are any: visible bylines are full of roles and buttons."""
        return linked_data.names_of(page.story.get("author")) or super().read_authors(page)

    def _kinds(self, within: list[LexborNode]) -> dict[int, BlockKind]:
        """Without list items that are nothing but a link: they lead to other stories."""
        kinds = super()._kinds(within)
        for item in below(within, self.list_item):
            if [text_of(item)] == [text_of(link) for link in item.css("a")]:
                kinds.pop(item.mem_id, None)
        return kinds


class WashingtonPost2021(WashingtonPostPage):
    name = "washingtonpost/2021"
    layout = 'main [data-qa="article-body"]'
    title = (
        '[data-qa="headline-opinion-text"],'
        ' h1[data-qa="headline"]:not(:has([data-qa="headline-opinion-text"]))'
    )
    standfirst = '[data-qa="subheadline"]'
    authors = '[data-qa="author-name"]'
    # Each paragraph, or a list of them, is in a box of its own.
    body = '.meteredContent:has(> [data-qa="article-body"]), [data-qa="article-body"]'
    own = ".teaser-content"  # the first paragraphs, which readers without a subscription see
    drop = '[data-qa^="interstitial"]'
    paragraph = '[data-qa="article-body"] p, [data-el="text"]'
    list_item = '[data-qa="article-body"] li, .meteredContent > ul > li, .meteredContent > ol > li'
    subheading = (
        '[data-qa="article-header"], [data-qa="article-body"] h2, .meteredContent > h2,'
        " .meteredContent > h3"
    )


class WashingtonPost2020(WashingtonPostPage):
    name = "washingtonpost/2020"
    layout = "main .article-body .teaser-content > section"
    title = 'h1[data-qa="headline"]'
    standfirst = '[data-qa="subheadline"]'
    body = ".article-body"
    drop = '[data-qa^="interstitial"]'
    own = ".teaser-content"  # the first paragraphs, which readers without a subscription see
    paragraph = ".article-body section p"
    list_item = ".article-body section li"
    subheading = ".article-body section h2, .article-body section h3"


class WashingtonPostFeature2018(WashingtonPostPage):
    """Large stories with pictures, with a layout of their own."""

    name = "washingtonpost/feature-2018"
    layout = ".ent-article-body .main"
    title = "h1.title"
    standfirst = ".ent-topper .deck"
    body = ".ent-article-body .main"
    drop = ".ent-raw-container, .interstitial-link"
    paragraph = ".main p"
    list_item = ".main li"
    subheading = ".main h2, .main h3, .main h4"


class WashingtonPost2014(WashingtonPostPage):
    name = "washingtonpost/2014"
    layout = "#article-body > article"
    title = "#article-topper h1"
    authors = "#article-body .pb-byline, #article-body .author-name"
    body = "#article-body > article"
    drop = ".interstitial-link"
    paragraph = "#article-body > article p"
    list_item = "#article-body > article li"
    subheading = (
        "#article-body > article h2, #article-body > article h3, #article-body > article > .subhead"
    )

    def read_published(self, page: Page) -> list[object]:
        """Pages that state no date show one, as ``2018-10-29T10:15-500``. Its hours are those of a
        clock face, so it may be half a day early."""
        shown = page.first('#article-body [itemprop="datePublished"][content]')
        stamp = (shown.attributes["content"] or "") if shown else ""
        return [*super().read_published(page), f"{stamp[:-3]}0{stamp[-3:]}"]


class WashingtonPost2011(WashingtonPostPage):
    name = "washingtonpost/2011"
    layout = "#article_body .article_body"
    title = "#article-leaf-page h1"
    authors = ".module.byline [rel=author], .module.byline h3:not(:has([rel=author]))"
    body = "#article_body .article_body > article"

    def read_published(self, page: Page) -> list[object]:
        stamp = page.first(".module.byline [epochtime]")
        stated = (stamp.attributes["epochtime"] or "") if stamp else ""
        return [int(stated)] if _MILLISECONDS.fullmatch(stated) else []


class WashingtonPost2009(WashingtonPostPage):
    name = "washingtonpost/2009"
    layout = "#PageArticleCommon #article_body"
    title = "#article h1"
    authors = "#byline"
    body = "#article_body"
    paragraph = "#article_body p, #body_after_content_column p"

    def read_published(self, page: Page) -> list[object]:
        """The date is in a line under the byline that has no element of its own."""
        byline = text_of(page.first("font:has(> #byline)"))
        return [*_SHOWN_DATE.findall(byline), page.meta("dc.date.issued")]


class WashingtonPost(NewsSpider):
    name = "washingtonpost"
    title = "The Washington Post"
    country = "US"
    language = "en"
    domains = ("washingtonpost.com",)
    feeds = tuple(
        f"https://feeds.washingtonpost.com/rss/{section}"
        for section in (
            "politics",
            "national",
            "world",
            "opinions",
            "local",
            "business",
            "business/technology",
        )
    )
    sitemaps = ("https://www.washingtonpost.com/sitemaps/news-sitemap.xml.gz",)
    leave_out = (
        r"^/(video|podcasts|audio|newsletters?|games|crossword-puzzles|comics|recipes|discussions)/",
        r"/(interactive|live-blog)/|live-updates?\b",
    )
    parsers = (
        WashingtonPost2021,
        WashingtonPost2020,
        WashingtonPostFeature2018,
        WashingtonPost2014,
        WashingtonPost2011,
        WashingtonPost2009,
    )
