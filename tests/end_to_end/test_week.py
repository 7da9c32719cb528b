"""A week in minutes: real crawls of a scripted newsroom, by a clock that the test sets.

A week takes some seconds, so there are few here. ``WEEKS=200 pytest tests/end_to_end/test_week.py``
runs so many, different ones each time, and reports the shortest script that fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import starmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, get_args
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newsdiff_crawler.store.engine.opening import VARIABLE
from tests.support import postgres
from tests.support.newsroom import Newsroom
from tests.support.simulation.crawls import CrawlRunner
from tests.support.simulation.press import NOT_MODIFIED
from tests.support.simulation.script import (
    DAY,
    HOUR,
    LED_AWAY,
    WEEK,
    Confirms,
    EditKind,
    Kill,
    Script,
    ScriptedEdit,
    ScriptedStory,
    States,
    Trouble,
    TroubleKind,
)
from tests.support.simulation.week import Week

WEEKS = os.environ.get("WEEKS")
TROUBLES: tuple[TroubleKind, ...] = get_args(TroubleKind)
STATES: tuple[States, ...] = get_args(States)
# At a first look their reasons depend on what else stands where.
AT_ANY_TIME = [kind for kind in TROUBLES if kind not in LED_AWAY]
Part = TypeVar("Part")
ENGINES = ["sqlite", "postgres"]
Database = Callable[[], AbstractContextManager[str]]


@pytest.fixture(scope="module")
def crawls() -> Iterator[CrawlRunner]:
    with Newsroom({}) as newsroom, CrawlRunner(newsroom) as running:
        yield running


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Database:
    """Makes the address of an empty record, for a block."""
    if request.param == "sqlite":
        return lambda: nullcontext("")
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here")
    return postgres.server().record


def live(script: Script, crawls: CrawlRunner, database: Database) -> Week:
    with (
        TemporaryDirectory() as folder,
        database() as address,
        patch.dict(os.environ, {VARIABLE: address}),
    ):
        week = Week(script, crawls, Path(folder))
        week.live()
    return week


def minutes(longest: int) -> st.SearchStrategy[int]:
    """Short times as often as long ones."""
    return st.one_of(st.integers(1, HOUR), st.integers(1, 8 * HOUR), st.integers(1, longest))


def up_to(most: int, part: st.SearchStrategy[Part]) -> st.SearchStrategy[tuple[Part, ...]]:
    return st.lists(part, max_size=most).map(tuple)


edits = st.builds(ScriptedEdit, after=minutes(2 * DAY), kind=st.sampled_from(get_args(EditKind)))
troubles = st.builds(
    Trouble, after=minutes(WEEK), lasts=minutes(3 * DAY), kind=st.sampled_from(AT_ANY_TIME)
)
stories = st.builds(
    ScriptedStory,
    published=st.integers(0, WEEK - DAY),
    listed=minutes(3 * DAY),
    edits=up_to(6, edits),
    troubles=up_to(2, troubles),
    moves=up_to(2, minutes(2 * DAY)),
    relisted=st.booleans(),
    hinted=st.booleans(),
    confirms=st.sampled_from(get_args(Confirms)),
    states=st.sampled_from(STATES),
)
scripts = st.builds(
    Script,
    stories=up_to(8, stories),
    feed_troubles=up_to(2, troubles),
    kills=up_to(2, st.builds(Kill, minute=minutes(WEEK), check=st.integers(1, 5))),
)


@pytest.mark.parametrize("database", ENGINES if WEEKS else ENGINES[:1], indirect=True)
@settings(
    max_examples=int(WEEKS or 3),
    derandomize=WEEKS is None,
    phases=tuple(Phase) if WEEKS else (Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(script=scripts)
def test_a_week_is_recorded_as_it_was_and_its_promises_are_kept(
    crawls: CrawlRunner, database: Database, script: Script
) -> None:
    live(script, crawls, database)


EDITS = (
    ScriptedEdit(90, "real"),
    ScriptedEdit(60, "cosmetic"),
    ScriptedEdit(2 * HOUR, "real"),
    ScriptedEdit(9 * HOUR, "reverted"),
    ScriptedEdit(3 * DAY, "real"),
)
GONE = ScriptedStory(published=0, troubles=(Trouble(3 * HOUR, WEEK, "removed"),))
RETURNING = ScriptedStory(
    published=0,
    listed=WEEK,
    edits=(ScriptedEdit(3 * DAY, "real"),),
    troubles=(Trouble(3 * HOUR, 2 * DAY, "absent"),),
    hinted=True,
)
FLIPPING = ScriptedStory(
    published=0, edits=(ScriptedEdit(90, "real"), *[ScriptedEdit(90, "reverted")] * 4)
)
FALSELY_CONFIRMED = ScriptedStory(
    published=0, edits=(ScriptedEdit(12 * HOUR, "real"),) * 13, confirms="falsely"
)


# Moves between two checks, and is edited at its new address before it is seen there.
MOVED = ScriptedStory(
    published=0, listed=WEEK, edits=EDITS, moves=(30 * HOUR,), relisted=True, confirms="truly"
)


def troubled(number: int, kind: TroubleKind) -> ScriptedStory:
    return ScriptedStory(
        published=number // 3 * HOUR,
        listed=2 * DAY,
        edits=EDITS,
        troubles=(Trouble(6 * HOUR, 5 * HOUR, kind),),
        moves=(30 * HOUR,) if number % 2 else (),
        confirms="truly" if number % 3 else "never",
        states=STATES[number % len(STATES)],
    )


def test_whatever_goes_wrong_in_a_week_is_logged_with_its_reason_and_no_edit_is_lost(
    crawls: CrawlRunner, database: Database
) -> None:
    others = (MOVED, *starmap(troubled, enumerate(TROUBLES)))
    stories = (GONE, RETURNING, FLIPPING, FALSELY_CONFIRMED, *others)
    kills = (Kill(0, 2), Kill(31 * HOUR, 1), Kill(4 * DAY, 1))
    week = live(Script(stories, (Trouble(30, 60, "broken"),), kills), crawls, database)
    assert set(week.served) == {"text", NOT_MODIFIED, *TROUBLES}
    assert week.kills == 3
    assert week.events(0) == ["gone"]
    assert week.events(1) == ["gone", "back"]
    assert week.events(2) == ["reverted again"] * 2
    assert (week.events(4), week.merged_stories) == (["moved"], {4})
    assert week.false_since is not None
    assert week.caught[3] > 3
    assert all(week.caught[number] > 2 for number in range(4, len(stories)))
