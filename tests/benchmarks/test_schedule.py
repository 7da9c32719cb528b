"""What `benchmarks.schedule` replays, and how it counts, on traces of our own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.schedules.replay import fit, fit_price, replay
from benchmarks.schedules.rules import Growing, Ours, Rule, Steps
from benchmarks.schedules.traces import (
    TracedArticle,
    breaking,
    intervals,
    recorded,
    unaging,
    with_wire,
)

TABLES = {
    "changing_times_sp2024_publishers.csv": "publisher,changed,total\nBBC,1,2\nCNN,1,2\nOther,9,9",
    "changing_times_last_edit_cdf.csv": (
        "days_after_publication,cumulative_share\n0,.6\n1,.9\n5,.97"
    ),
    "newsedits_version_index_counts.csv": (
        "version_lo,version_hi_exclusive,rows\n0,1,300\n1,2,200\n2,4,200\n4,8,100"
    ),
    "newsedits_update_interval_quartiles_days.csv": (
        "source,q1,median,q3\nBBC,.02,.06,.2\nNYT,.02,.1,.5\nSlow,1,9,90"
    ),
}


def article(*edits: float, end: float = 100.0) -> TracedArticle:
    return TracedArticle("paper", "paper/news", 0.0, end, edits)


def waits_of(rule: Rule, number: int, changes: tuple[int, ...] = ()) -> list[float]:
    """The waits after each check, some of which see a change."""
    one, now, waits = article(), 0.0, []
    for check in range(number):
        due = rule.next_check(one, check in changes, now)
        waits.append(due - now)
        now = due
    return waits


def test_news_sniffers_wait_grows_by_a_fifth_and_begins_anew_with_a_change() -> None:
    waits = waits_of(Growing(1.2), 6, changes=(4,))
    assert waits == pytest.approx([0.5, 0.6, 0.72, 0.864, 0.5, 0.6])


def test_news_sniffer_gives_up_where_the_wait_would_exceed_forty_days() -> None:
    waits = waits_of(Growing(1.2), 43)
    assert waits[41] < 40 * 24
    assert waits[42] == float("inf")


def test_newsdiffs_wait_depends_on_the_time_since_the_last_version() -> None:
    waits = waits_of(Steps(2.0), 40, changes=(20,))
    assert (waits[0], waits[6], waits[19], waits[20]) == (0.5, 2.0, 6.0, 0.5)


def test_an_edit_is_caught_by_the_first_check_after_it_unless_the_next_one_was_sooner() -> None:
    result = replay([article(0.5, 1.25, 1.75)], Growing(1.0, first=1.0))
    assert result.caught == pytest.approx(2 / 3)
    assert result.median_delay == pytest.approx(22.5)
    assert result.checks == 101


def test_an_article_is_checked_from_its_discovery_to_the_end_of_the_trace() -> None:
    late = TracedArticle("paper", "paper/news", 50.0, 60.0, (70.0,))
    result = replay([late, article(1.5, end=3.0)], Growing(1.0, first=1.0))
    assert (result.checks, result.caught) == (7.5, 0.5)


def test_a_hint_brings_the_check_forward() -> None:
    articles = [article(60.0 + number) for number in range(30)]
    hinted, unhinted = (replay(articles, Ours(0.1), share) for share in (1.0, 0.0))
    assert hinted.caught == 1
    assert hinted.median_delay < 10 < unhinted.median_delay


def test_what_is_learned_by_night_saves_checks_at_what_is_never_edited() -> None:
    wire = [TracedArticle("wire", "wire/all", hour / 2, 300.0, ()) for hour in range(500)]
    learned, unlearned = (
        replay([article(5.0), *wire], Ours(0.1, learning=it)).checks for it in (True, False)
    )
    assert learned < 0.9 * unlearned


@pytest.mark.parametrize("make", [Growing, lambda scale: Steps(scale - 1)])
def test_a_parameter_is_found_for_a_number_of_checks(make: Callable[[float], Rule]) -> None:
    articles = [article(1.0, 2.0), article(), article(5.0)] * 5
    at = fit(make, articles, 20, 1.01, 20.0)
    assert replay(articles, make(at)).checks == pytest.approx(20, rel=0.05)


def test_a_price_is_found_for_a_number_of_checks() -> None:
    articles = [article(1.0, 2.0), *(article() for _ in range(9))] * 5
    assert replay(articles, Ours(fit_price(articles, 20))).checks == pytest.approx(20, rel=0.05)


def test_a_recorded_edit_is_between_the_checks_that_saw_it(tmp_path: Path) -> None:
    row = {"section": "paper/news", "t0": 3.0, "end": 90.0, "rev": [[4.0, 4.5], [6.0, 9.0]]}
    lines = [json.dumps({"unit": "h"}), json.dumps(row)]
    (tmp_path / "trace.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (traced,) = recorded(tmp_path, seed=1)
    assert (traced.source, traced.section, traced.first_seen) == ("paper", "paper/news", 3.0)
    first, second = traced.edits
    assert 4.0 <= first <= 4.5
    assert 6.0 <= second <= 9.0


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "tables" / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("make", [breaking, unaging])
def test_a_made_trace_is_as_the_tables_say(
    make: Callable[[Path, int], list[TracedArticle]], tables: Path
) -> None:
    articles = make(tables, 3)
    changed = [article for article in articles if article.edits]
    thrice = [article for article in changed if len(article.edits) >= 4]
    assert len(changed) / len(articles) == pytest.approx(0.5, abs=0.05)
    assert len(thrice) / len(changed) == pytest.approx(0.125, abs=0.03)
    assert all(a <= b for article in articles for a, b in pairwise(article.edits))


def test_the_last_edit_of_a_made_story_is_as_old_as_the_table_says(tables: Path) -> None:
    ages = [
        article.edits[-1] - article.first_seen for article in breaking(tables, 3) if article.edits
    ]
    assert sum(age <= 24 for age in ages) / len(ages) == pytest.approx(0.9, abs=0.02)


def test_the_gaps_of_the_trace_without_age_are_as_the_table_says(tables: Path) -> None:
    _, middle, _ = intervals(unaging(tables, 3))
    assert 0.06 * 24 < middle < 0.1 * 24


def test_a_wire_feed_is_half_as_many_articles_again_of_a_section_where_nothing_is_edited() -> None:
    articles = [article(1.0) for _ in range(400)]
    wired = with_wire(articles, 0)
    added = [each for each in wired if each not in articles]
    assert {(each.source, each.section, each.edits) for each in added} == {
        ("paper", "paper/wire", ())
    }
    assert 150 < len(added) < 250
