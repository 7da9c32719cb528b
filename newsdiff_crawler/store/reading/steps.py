"""From change to change through the versions of an article. Pure.

A version that is a placeholder is passed by: what follows is compared with what was there before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsdiff_crawler.store.reading.records import VersionFacts


class Step(NamedTuple):
    """The numbers of two versions that are compared."""

    older: int
    newer: int


def first_of_story(versions: Sequence[VersionFacts]) -> VersionFacts:
    """The first version that is the story; the first one where none is."""
    return next((each for each in versions if not each.is_placeholder), versions[0])


def newest_step(versions: Sequence[VersionFacts]) -> Step | None:
    """What the newest version changed; None where nothing changed yet."""
    return step_to(versions, versions[-1].number)


def step_to(versions: Sequence[VersionFacts], number: int) -> Step | None:
    """What led to a version, or to the last one before it that is a change."""
    steps = [step for each in versions if each.number <= number for step in _step(each)]
    return steps[-1] if steps else None


def step_from(versions: Sequence[VersionFacts], number: int) -> Step | None:
    """The next change after a version."""
    steps = (step for each in versions if each.number > number for step in _step(each))
    return next(steps, None)


def _step(version: VersionFacts) -> list[Step]:
    if version.compared_with is None or version.is_placeholder:
        return []
    return [Step(version.compared_with, version.number)]
