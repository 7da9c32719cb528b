"""The benchmarks. Each is a module of its own with options of its own; here is what to run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Benchmark:
    """``python -m benchmarks.NAME`` with ``full`` arguments; with ``short`` ones, all of them
    together fit into a minute. ``needs``: data beside what is in this folder."""

    name: str
    measures: str
    takes: str
    needs: str
    full: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark(
        "crawl",
        "a check of an article, beside bare Scrapy and other trackers",
        "8 min",
        "git",
        short=(
            "--articles",
            "60",
            "--warm",
            "20",
            "--rounds",
            "1",
            "--installed",
            "--sources",
            "4",
        ),
    ),
    Benchmark(
        "fidelity",
        "how truly pages are read, beside other libraries",
        "20 min",
        "../shared/corpus",
        full=("--no-pages",),
        short=("--no-pages", "--every", "160", "--installed"),
    ),
    Benchmark(
        "html_parsers",
        "a page under each HTML library",
        "1 min",
        "../shared/corpus",
        short=("--every", "20"),
    ),
    Benchmark(
        "diff",
        "the diff, beside difflib, diff-match-patch and htmldiff2",
        "10 min",
        "../shared/corpus",
        full=("--hostile", "200000"),
        short=("--sizes", "3000", "--pairs", "20", "--hostile"),
    ),
    Benchmark(
        "labels",
        "labels of real changes, beside those of readers",
        "5 s",
        "../shared/revisions",
    ),
    Benchmark(
        "schedule",
        "how many edits the schedule sees, beside other rules",
        "15 min",
        "../shared/revisions",
        short=("--draws", "1", "--every", "150"),
    ),
    Benchmark(
        "evidence",
        "keeping pages, checking a record, roots and stamps",
        "5 min",
        "openssl, 1 GB of disk",
        short=("--articles", "50"),
    ),
    Benchmark(
        "site",
        "each page of the site over a million versions",
        "10 min",
        "5 GB of disk",
        short=("--articles", "300", "--requests", "10"),
    ),
    Benchmark(
        "fleet",
        "the record on a PostgreSQL server, beside the same in a file",
        "3 min",
        "postgresql",
        short=("--articles", "20", "--claims", "200", "--claimants", "2"),
    ),
    Benchmark(
        "export",
        "an export of a million versions in each format",
        "5 min",
        "20 GB of disk",
        short=("--articles", "300"),
    ),
    Benchmark(
        "site_load",
        "requests a second while a crawl writes",
        "1 min",
        "wrk, 5 GB of disk",
        short=("--articles", "300", "--seconds", "3"),
    ),
)
BY_NAME = {benchmark.name: benchmark for benchmark in BENCHMARKS}
