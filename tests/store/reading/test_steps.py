"""From change to change: a placeholder among the versions is passed by."""

from __future__ import annotations

import pytest

from newsdiff_crawler.store.reading.records import VersionFacts
from newsdiff_crawler.store.reading.steps import (
    Step,
    first_of_story,
    newest_step,
    step_from,
    step_to,
)


def version(number: int, compared_with: int | None, is_placeholder: bool = False) -> VersionFacts:
    at = "2025-04-22T14:00:00Z"
    return VersionFacts(
        number, at, "", None, 1, is_placeholder=is_placeholder, compared_with=compared_with
    )


PLAIN = [version(1, None), version(2, 1), version(3, 2)]
GAP = [version(1, None), version(2, 1), version(3, 2, True), version(4, 2), version(5, 4)]
FALSE_START = [version(1, None, True), version(2, None), version(3, 2)]
ENDS_SO = [version(1, None), version(2, 1), version(3, 2, True)]
ALONE = [version(1, None, True)]


@pytest.mark.parametrize(
    ("versions", "number", "before", "after"),
    [
        (PLAIN, 1, None, (1, 2)),
        (PLAIN, 2, (1, 2), (2, 3)),
        (PLAIN, 3, (2, 3), None),
        (GAP, 2, (1, 2), (2, 4)),
        (GAP, 3, (1, 2), (2, 4)),
        (GAP, 4, (2, 4), (4, 5)),
        (FALSE_START, 1, None, (2, 3)),
        (FALSE_START, 2, None, (2, 3)),
        (ENDS_SO, 3, (1, 2), None),
    ],
)
def test_steps_lead_over_placeholders(
    versions: list[VersionFacts],
    number: int,
    before: tuple[int, int] | None,
    after: tuple[int, int] | None,
) -> None:
    assert step_to(versions, number) == before
    assert step_from(versions, number) == after


@pytest.mark.parametrize(
    ("versions", "newest"),
    [(PLAIN, Step(2, 3)), (ENDS_SO, Step(1, 2)), (FALSE_START[:2], None), (ALONE, None)],
)
def test_the_newest_change_is_the_storys(versions: list[VersionFacts], newest: Step | None) -> None:
    assert newest_step(versions) == newest


@pytest.mark.parametrize(("versions", "first"), [(PLAIN, 1), (FALSE_START, 2), (ALONE, 1)])
def test_a_placeholder_is_not_the_first_version(versions: list[VersionFacts], first: int) -> None:
    assert first_of_story(versions).number == first
