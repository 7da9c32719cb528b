"""What is taken for one story under two addresses, and what is not."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, is_one_story
from newsdiff_crawler.items import Block
from tests.support.records import story

BRIDGE = story(
    "Bridge to close for a month",
    "The old bridge over the Wex will close on Monday for repairs that take a month.",
    "Drivers will have to go round by Marsh Lane, which adds eleven minutes to the way.",
    "The council says that the bearings were found to be cracked in March.",
)
FIRE = story(
    "Fire destroys the old mill",
    "Sixty people had to leave their homes when the mill at Stanton burned down overnight.",
    "Nobody was hurt, said the fire service, and the cause is not known yet.",
)


def rewritten(headline: str, *numbers: int) -> list[Block]:
    """Another text with some of the bridge's paragraphs."""
    return [Block("headline", headline), *(BRIDGE[number] for number in numbers), *FIRE[1:]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BRIDGE, BRIDGE),
        (BRIDGE, story("Month without the bridge", *(block.text for block in BRIDGE[1:]))),
        (BRIDGE[:2], BRIDGE + FIRE[1:]),  # a first report grew
        (BRIDGE + FIRE[1:], BRIDGE[:2]),
        (BRIDGE, rewritten("Detours begin", 1, 2)),
        (BRIDGE, rewritten("Bridge to close for a month", 1)),
        (BRIDGE, rewritten("BRIDGE TO CLOSE FOR A MONTH!", 1)),
        (BRIDGE, story("Cracks", f"{FIRE[1].text} {BRIDGE[3].text} {BRIDGE[1].text}")),
    ],
)
def test_an_edited_text_is_the_same_story(before: list[Block], after: list[Block]) -> None:
    assert is_one_story(compare(before, after))


BYLINE = Block("byline", "Anna Schmidt, Wexcombe correspondent of this newspaper for twenty years")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BRIDGE, FIRE),
        (BRIDGE, rewritten("Detours begin", 1)),  # a formula that is left of a withdrawn story
        (BRIDGE, rewritten("Bridge to close for a month")),  # a column under one name
        ([BYLINE, *BRIDGE], [BYLINE, *FIRE]),
        ([], []),
    ],
)
def test_another_text_is_another_story(before: list[Block], after: list[Block]) -> None:
    assert not is_one_story(compare(before, after))
