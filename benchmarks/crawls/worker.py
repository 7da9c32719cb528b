"""Runs the crawls of one checkout, on request: started with that checkout as its folder.

    python -c "$(cat worker.py)" PORT ARTICLES FOLDER

Prints the names of the checkout's cases, then answers each name on a line of its standard input
with milliseconds. All that it needs of a checkout is what it imports and calls here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks.crawl import CASES, Crawls
from benchmarks.crawls.publisher import Site


class Set:
    """A publisher that somebody else has brought into the right state."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def set(self, *state: Any) -> None:
        """Nothing is left to do."""


def main() -> None:
    port, articles, folder = sys.argv[1:]
    crawls = Crawls(Set(Site(int(port), int(articles))), Path(folder))  # type: ignore[arg-type]
    cases = {case.name: case for case in CASES}
    print(*cases, sep="\t", flush=True)
    for line in sys.stdin:
        print(crawls.milliseconds(cases[line.strip()]), flush=True)


if __name__ == "__main__":
    main()
