"""All sources in one process: ``scrapy crawl all``, once, or ``--every 1m`` over and over."""

from __future__ import annotations

from newsdiff_crawler.crawling.all_sources import ManyCrawls


class AllSources(ManyCrawls):
    """Those that are followed."""

    name = "all"
