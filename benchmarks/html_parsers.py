"""What a page costs under each HTML library: `python benchmarks/html_parsers.py ../shared/corpus`.

Each reads the page, finds its JSON-LD, meta elements and canonical link, and the text of all
paragraphs: what a publisher's parser does. Milliseconds are medians over pages, best of three
each; the ratio is to lxml's bare parse, in the same run.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import html as lxml_html
from parsel import Selector
from selectolax.lexbor import LexborHTMLParser

SELECTORS = ('script[type="application/ld+json"]', "meta[content]", 'link[rel="canonical"]')


def lxml_parse(page: str) -> None:
    lxml_html.fromstring(page)


def lexbor(page: str) -> None:
    tree = LexborHTMLParser(page)
    for selector in SELECTORS:
        tree.css(selector)
    for node in tree.css("p"):
        node.text()


def parsel(page: str) -> None:
    tree = Selector(text=page)
    for selector in SELECTORS:
        tree.css(selector)
    for node in tree.css("p"):
        "".join(node.css("::text").getall())


def milliseconds(work: Callable[[str], None], page: str) -> float:
    """The best of three runs."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        work(page)
        took.append(time.perf_counter() - began)
    return min(took) * 1000


def main(folder: Path) -> None:
    files = sorted(folder.glob("pages/**/*.html.gz"))[::4]
    pages = [gzip.decompress(file.read_bytes()).decode("utf-8", "replace") for file in files]
    pages = [page for page in pages if not page.lstrip().startswith("<?xml")]
    floor = [milliseconds(lxml_parse, page) for page in pages]
    print(f"{len(pages)} pages; lxml's bare parse: {statistics.median(floor):.2f} ms")
    for work in (lexbor, parsel):
        took = [milliseconds(work, page) for page in pages]
        ratio = statistics.median(mine / base for mine, base in zip(took, floor, strict=True))
        print(f"{work.__name__:8} {statistics.median(took):.2f} ms, {ratio:.2f} x the bare parse")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
