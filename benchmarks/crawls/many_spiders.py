"""Many sources that are played: as many as BENCHMARK_SOURCES says, each on a host of its own."""

from __future__ import annotations

import os

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.spiders.bbc import BBC


def host(number: int) -> str:
    return f"p{number}.paper.example"


def _source(number: int, port: str) -> type[NewsSpider]:
    values = {
        "name": f"paper{number}",
        "title": f"The Paper {number}",
        "domains": (host(number),),
        "feeds": (f"http://{host(number)}:{port}/rss.xml",),
        "parsers": BBC.parsers,
        "min_articles": 0,  # its feed is of another host
        "__module__": __name__,
    }
    return type(f"Paper{number}", (NewsSpider,), values)


for _number in range(int(os.environ.get("BENCHMARK_SOURCES", "0"))):
    globals()[f"Paper{_number}"] = _source(_number, os.environ["BENCHMARK_PORT"])
