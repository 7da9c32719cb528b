"""The Guardian, theguardian.com, and guardian.co.uk before July 2013."""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

_DAY = re.compile(r"\b[A-Z][a-z]+day [A-Z][a-z]+ \d{1,2}, \d{4}")


class Guardian2002(Parser):
    """Bare text between ``<p>`` that are never closed; names and the day in one bold line."""

    name = "guardian/2002"
    layout = "#GuardianArticleBody"
    title = "#GuardianArticle h1"
    standfirst = '#GuardianArticle > font[size="3"]'
    body = "#GuardianArticleBody"
    drop = "#GuardianArticleBody div:not(:has(p))"  # advertisements
    loose = True
    dateline = '#GuardianArticle > font[size="2"] > b'

    def read_authors(self, page: Page) -> list[str]:
        return _DAY.split(text_of(page.first(self.dateline)))[:1]

    def read_published(self, page: Page) -> list[object]:
        return [*_DAY.findall(text_of(page.first(self.dateline)))]


class Guardian2008(Parser):
    name = "guardian/2008"
    layout = "#article-body-blocks"
    title = "#main-article-info h1"
    standfirst = "#stand-first"
    authors = "#content .byline .contributor"
    body = "#article-body-blocks"


class Guardian2014(Parser):
    name = "guardian/2014"
    layout = ".content__article-body"
    title = ".content__headline"
    standfirst = ".content__standfirst p"
    authors = "[itemprop=author] [itemprop~=name]"
    body = ".content__article-body"
    drop = "aside:not(.element-pullquote), details[class], figure p, .submeta, .after-article"
    own = "aside.element-pullquote"
    quote = "blockquote"

    def read_standfirst(self, page: Page) -> str:
        """In stories from before 2014 it is outside of a paragraph."""
        return super().read_standfirst(page) or text_of(page.first(".content__standfirst"))


class Guardian2020(Parser):
    """Its classes are made up by a build, but the areas of the page have names."""

    name = "guardian/2020"
    layout = '[data-gu-name="body"]'
    standfirst = '[data-gu-name="standfirst"] p'
    authors = '[data-gu-name] a[rel="author"]'
    unlinked = '[data-component="meta-byline"] > div:first-child'
    body = ".article-body-commercial-selector"
    drop = (
        "gu-island, details[data-atom-type], figure aside, figure p, [role=note],"
        ' [data-spacefinder-role="richLink"]'
    )
    own = "aside:has(> blockquote), footer"  # pull quotes; footnotes and corrections
    quote = "blockquote"

    def read_authors(self, page: Page) -> list[str]:
        """The linked names, if there are any: in other bylines roles follow without a comma."""
        shown = page.all(self.authors) or page.all(self.unlinked)
        return [text_of(node) for node in shown]


class Guardian(NewsSpider):
    name = "guardian"
    title = "The Guardian"
    country = "GB"
    language = "en"
    domains = ("theguardian.com",)
    feeds = tuple(
        f"https://www.theguardian.com/{section}/rss"
        for section in ("uk", "us", "au", "world", "politics", "business", "environment", "science")
    )
    sitemaps = ("https://www.theguardian.com/sitemaps/news.xml",)
    leave_out = (
        r"/(live|video|audio|gallery|picture|cartoon|crosswords|interactive|ng-interactive|quiz)/",
        r"^/(info|email-newsletters|games)/",
    )
    parsers = (Guardian2020, Guardian2014, Guardian2008, Guardian2002)
