"""What a page costs under each HTML library, beside lxml's bare parse.

Each reads the page, finds its JSON-LD, meta elements and canonical link, and the text of all
paragraphs: what a publisher's parser does. Milliseconds of processor time are medians over pages,
the fastest of three runs each; the ratio is to lxml's bare parse of the same page, the floor.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import html as lxml_html
from parsel import Selector
from selectolax.lexbor import LexborHTMLParser

from benchmarks import machine, tables

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
        began = time.process_time()
        work(page)
        took.append(time.process_time() - began)
    return min(took) * 1000


READERS = {"lexbor (selectolax), ours": lexbor, "lxml (parsel)": parsel}


def rows(pages: list[str]) -> Iterator[tuple[str, str, str]]:
    """The floor, and each of the READERS."""
    floor = [milliseconds(lxml_parse, page) for page in pages]
    yield "lxml's bare parse", f"{statistics.median(floor):.2f}", "1.00"
    for name, reader in READERS.items():
        took = [milliseconds(reader, page) for page in pages]
        ratio = statistics.median(mine / base for mine, base in zip(took, floor, strict=True))
        yield name, f"{statistics.median(took):.2f}", f"{ratio:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=machine.CORPUS)
    parser.add_argument("--every", type=int, default=4, help="only each nth page")
    given = parser.parse_args()
    machine.need_file(given.folder / "pages")
    files = sorted(given.folder.glob("pages/**/*.html.gz"))[:: given.every]
    texts = [gzip.decompress(file.read_bytes()).decode("utf-8", "replace") for file in files]
    pages = [page for page in texts if not page.lstrip().startswith("<?xml")]
    with machine.one_processor():
        print(f"{len(pages)} pages:\n")
        print(tables.table(("library", "ms", "of the bare parse"), rows(pages)))


if __name__ == "__main__":
    main()
