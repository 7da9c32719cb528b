"""How benchmarks turn what they measured into tables."""

from __future__ import annotations

import pkgutil

import pytest

from benchmarks import crawl, schedule
from benchmarks.crawls import beside
from benchmarks.crawls import peers as crawl_peers
from benchmarks.site_load import row
from benchmarks.tables import table

REPORT = """  Latency Distribution
     50%    3.41ms
     75%    9.00ms
     90%   20.00ms
     99%  162.79ms
Requests/sec:   6097.34
"""


def test_a_table_is_markdown_with_figures_to_the_right() -> None:
    assert table(("name", "ms"), [("a|b", 1.5)]) == "| name | ms |\n|---|---:|\n| a/b | 1.5 |"


def test_ratios_to_another_checkout_are_of_pairs() -> None:
    rounds = [{"304": (1.0, 1.1)}, {"304": (2.0, 2.0)}, {"304": (10.0, 12.0)}]
    *_, line = beside.rows(rounds, at_most=1.03)
    assert line == "| 304 | 2.00 | 2.00 | 1.100 | 1.000 | 1.200 | 1.100 | over 1.03 |"


def test_a_case_that_is_as_fast_as_in_the_other_checkout_has_no_verdict() -> None:
    *_, line = beside.rows([{"304": (1.0, 1.0)}], at_most=1.03)
    assert line.endswith("| 1.000 |  |")


@pytest.fixture
def round_of_ones() -> dict[str, float]:
    names = [case.name for case in (*crawl.CASES, *crawl_peers.CASES)]
    return dict.fromkeys(names, 1.0)


def test_a_crawl_is_measured_by_bare_scrapy_and_by_its_floor(
    round_of_ones: dict[str, float],
) -> None:
    rounds = [round_of_ones | {"304": 3.0, crawl.BARE: 2.0}]
    assert f"| 304 | 3.00 | 1.50 | 3.00 | 1.30 | {crawl.BARE_304} |" in crawl.rows(rounds, {})


def test_a_peer_that_could_not_be_run_says_why_in_its_line(
    round_of_ones: dict[str, float],
) -> None:
    fundus = "fundus, reads and keeps nothing"
    del round_of_ones[fundus]
    *_, line = crawl.rows([round_of_ones], {fundus: "not installed"})
    assert line == f"| {fundus}: not installed |  |  |  |  |  |"


def test_the_load_of_the_site_is_read_from_the_report_of_wrk() -> None:
    assert row("mixed", REPORT, 500) == "| mixed | 6097 | 3.41ms | 162.79ms | none | 500 |"


def test_errors_under_load_are_told_apart() -> None:
    wrong = f"{REPORT}  Non-2xx or 3xx responses: 2\n"
    assert "| some |" in row("mixed", wrong, 500)


@pytest.mark.parametrize("constant", [constant for constant, _ in schedule.VARIED.values()])
def test_what_a_replay_of_schedules_varies_is_there(constant: str) -> None:
    assert isinstance(pkgutil.resolve_name(f"newsdiff_crawler.{constant}"), (int, float))
