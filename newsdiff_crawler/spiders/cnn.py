"""CNN, and CNNMoney, which closed in 2018 and is still online as it was.

Its RSS feeds still answer, with nothing newer than April 2023.
"""

from __future__ import annotations

import re

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

# "Jill Disis, CNN Business": what follows the names.
_EMPLOYER = re.compile(r",\s*(?:(?:Special to|for)\s+)?CNN\b.*")
_MONEY_DATE = re.compile(r"([A-Z][a-z]+ \d\d?, \d{4}): (\d\d?:\d\d [AP]M E[DS]?T)")


class CNNPage(Parser):
    """What the layouts share. Captions stay out: they come and go with the photographs."""

    caption = ""

    def read_authors(self, page: Page) -> list[str]:
        return [_EMPLOYER.sub("", byline) for byline in super().read_authors(page)]

    def read_published(self, page: Page) -> list[object]:
        return [page.meta("pubdate"), *super().read_published(page)]

    def read_modified(self, page: Page) -> list[object]:
        return [page.meta("dateModified", "lastmod"), *super().read_modified(page)]


class CNN2022(CNNPage):
    name = "cnn/2022"
    layout = '.article__content > [data-component-name="paragraph"]'
    title = "h1.headline__text"
    body = ".article__content"
    paragraph = '.article__content [data-component-name="paragraph"]'
    list_item = ".article__content li"
    subheading = ".article__content h2, .article__content h3"


class CNN2014(CNNPage):
    name = "cnn/2014"
    layout = ".zn-body-text .zn-body__paragraph"
    title = "h1.pg-headline"
    authors = ".metadata__byline__author"
    body = ".zn-body-text"
    drop = ".el__storyhighlights, .el__embedded, .cn"
    own = ".zn-body__footer"  # who contributed
    paragraph = ".zn-body__paragraph"
    list_item = ".zn-body-text li"
    subheading = ".zn-body-text h2, .zn-body-text h3"


class CNN2009(CNNPage):
    name = "cnn/2009"
    layout = ".cnn_strycntntlft > p"
    title = ".cnn_storyarea h1"
    authors = ".cnnByline"
    body = ".cnn_strycntntlft"
    paragraph = ".cnn_strycntntlft p"
    drop = ".cnn_strylctcntr, #cnn_OB"  # highlights, recommendations
    list_item = ".cnn_strycntntlft li"
    subheading = ".cnn_strycntntlft h2, .cnn_strycntntlft h3"


class CNNMoney2012(CNNPage):
    name = "cnn/money-2012"
    layout = "#storytext > p"
    title = "h1.article-title"
    authors = ".cnnbyline .byline"
    body = "#storytext"
    drop = "#js-ie-storytop, #ie_column"
    paragraph = "#storytext p"
    list_item = "#storytext li"
    subheading = "#storytext h2, #storytext h3"

    def read_published(self, page: Page) -> list[object]:
        return [*_money_dates(page, ".storytimestamp")]

    def read_modified(self, page: Page) -> list[object]:
        return [*_money_dates(page, ".byline-timestamp .cnnDateStamp")]


def _money_dates(page: Page, selector: str) -> list[str]:
    """From ``November 29, 2016: 3:42 PM ET``."""
    return [" ".join(parts) for parts in _MONEY_DATE.findall(text_of(page.first(selector)))]


class CNN(NewsSpider):
    name = "cnn"
    title = "CNN"
    country = "US"
    language = "en"
    domains = ("cnn.com",)
    sitemaps = ("https://www.cnn.com/sitemap/news.xml",)
    leave_out = (
        r"^/(cnn-underscored|coupons|profiles|markets|games|newsletters|specials|election)(/|$)",
        r"/(live-news|videos?|audio|podcasts?|gallery|interactive)(/|$)",
    )
    parsers = (CNN2022, CNN2014, CNN2009, CNNMoney2012)
