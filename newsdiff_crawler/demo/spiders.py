"""The spiders of the two invented newspapers. Only the demo loads them."""

from __future__ import annotations

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.demo.papers import GAZETTE, POST
from newsdiff_crawler.demo.parsers import HarbourGazette, MeridianPost


class HarbourGazetteSpider(NewsSpider):
    name = GAZETTE.name
    title = GAZETTE.title
    domains = ("harbour-gazette.example",)
    feeds = (GAZETTE.feed,)
    parsers = (HarbourGazette,)


class MeridianPostSpider(NewsSpider):
    name = POST.name
    title = POST.title
    domains = ("meridian-post.example",)
    feeds = (POST.feed,)
    parsers = (MeridianPost,)
