"""What `benchmarks/schedule.py` replays, and how it counts, on traces of our own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.schedules.replay import fit, fit_price, replay
from benchmarks.schedules.rules import Growing, Ours, Rule, Steps
from benchmarks.schedules.traces import Story, breaking, intervals, recorded, unaging, with_wire

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


def story(*edits: float, end: float = 100.0) -> Story:
    return Story("paper", "paper/news", 0.0, end, edits)


def looks(rule: Rule, number: int, changes: tuple[int, ...] = ()) -> list[float]:
    """The waits after each check, some of which see a change."""
    one, now, waits = story(), 0.0, []
    for look in range(number):
        due = rule.look(one, look in changes, now)
        waits.append(due - now)
        now = due
    return waits


def test_news_sniffers_wait_grows_by_a_fifth_and_begins_anew_with_a_change() -> None:
    waits = looks(Growing(1.2), 6, changes=(4,))
    assert waits == pytest.approx([0.5, 0.6, 0.72, 0.864, 0.5, 0.6])


def test_news_sniffer_gives_up_where_the_wait_would_exceed_forty_days() -> None:
    waits = looks(Growing(1.2), 43)
    assert waits[41] < 40 * 24
    assert waits[42] == float("inf")


def test_newsdiffs_wait_depends_on_the_time_since_the_last_version() -> None:
    waits = looks(Steps(2.0), 40, changes=(20,))
    assert (waits[0], waits[6], waits[19], waits[20]) == (0.5, 2.0, 6.0, 0.5)


def test_an_edit_is_caught_by_the_first_check_after_it_unless_the_next_one_was_sooner() -> None:
    result = replay([story(0.5, 1.25, 1.75)], Growing(1.0, first=1.0))
    assert result.caught == pytest.approx(2 / 3)
    assert result.median_delay == pytest.approx(22.5)
    assert result.looks == 101


def test_an_article_is_checked_from_its_discovery_to_the_end_of_the_trace() -> None:
    late = Story("paper", "paper/news", 50.0, 60.0, (70.0,))
    result = replay([late, story(1.5, end=3.0)], Growing(1.0, first=1.0))
    assert (result.looks, result.caught) == (7.5, 0.5)


def test_a_hint_brings_the_check_forward() -> None:
    stories = [story(60.0 + number) for number in range(30)]
    told, untold = (replay(stories, Ours(0.1), share) for share in (1.0, 0.0))
    assert told.caught == 1
    assert told.median_delay < 10 < untold.median_delay


def test_what_is_learned_by_night_saves_checks_at_what_is_never_edited() -> None:
    wire = [Story("wire", "wire/all", hour / 2, 300.0, ()) for hour in range(500)]
    learned, unlearned = (
        replay([story(5.0), *wire], Ours(0.1, learning=it)).looks for it in (True, False)
    )
    assert learned < 0.9 * unlearned


@pytest.mark.parametrize("make", [Growing, lambda scale: Steps(scale - 1)])
def test_a_parameter_is_found_for_a_number_of_checks(make: Callable[[float], Rule]) -> None:
    stories = [story(1.0, 2.0), story(), story(5.0)] * 5
    at = fit(make, stories, 20, 1.01, 20.0)
    assert replay(stories, make(at)).looks == pytest.approx(20, rel=0.05)


def test_a_price_is_found_for_a_number_of_checks() -> None:
    stories = [story(1.0, 2.0), *(story() for _ in range(9))] * 5
    assert replay(stories, Ours(fit_price(stories, 20))).looks == pytest.approx(20, rel=0.05)


def test_a_recorded_edit_is_between_the_checks_that_saw_it(tmp_path: Path) -> None:
    row = {"section": "paper/news", "t0": 3.0, "end": 90.0, "rev": [[4.0, 4.5], [6.0, 9.0]]}
    lines = [json.dumps({"unit": "h"}), json.dumps(row)]
    (tmp_path / "trace.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (found,) = recorded(tmp_path, seed=1)
    assert (found.source, found.section, found.first_seen) == ("paper", "paper/news", 3.0)
    first, second = found.edits
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
    make: Callable[[Path, int], list[Story]], tables: Path
) -> None:
    stories = make(tables, 3)
    changed = [story for story in stories if story.edits]
    thrice = [story for story in changed if len(story.edits) >= 4]
    assert len(changed) / len(stories) == pytest.approx(0.5, abs=0.05)
    assert len(thrice) / len(changed) == pytest.approx(0.125, abs=0.03)
    assert all(a <= b for story in stories for a, b in pairwise(story.edits))


def test_the_last_edit_of_a_made_story_is_as_old_as_the_table_says(tables: Path) -> None:
    ages = [story.edits[-1] - story.first_seen for story in breaking(tables, 3) if story.edits]
    assert sum(age <= 24 for age in ages) / len(ages) == pytest.approx(0.9, abs=0.02)


def test_the_gaps_of_the_trace_without_age_are_as_the_table_says(tables: Path) -> None:
    _, middle, _ = intervals(unaging(tables, 3))
    assert 0.06 * 24 < middle < 0.1 * 24


def test_a_wire_feed_is_half_as_many_articles_again_of_a_section_where_nothing_is_edited() -> None:
    stories = [story(1.0) for _ in range(400)]
    wired = with_wire(stories, 0)
    added = [each for each in wired if each not in stories]
    assert {(each.source, each.section, each.edits) for each in added} == {
        ("paper", "paper/wire", ())
    }
    assert 150 < len(added) < 250
