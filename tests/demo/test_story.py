"""Stories and their scripts: what readers are shown, round by round."""

from __future__ import annotations

from itertools import pairwise

import pytest

from newsdiff_crawler.demo.newsroom import ROUNDS
from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.demo.story import (
    Revision,
    Story,
    inserted,
    moved,
    removed,
    replaced,
    written,
)
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import content_hash, words_hash

STORIES = [story for paper in PAPERS for story in paper.stories]
RAIN = written("# Rain\n\nBy Ann Lee\n\nIt rained.\n\nThen it\nsnowed.\n\n## Later\n\n* Sun")


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]


def test_a_text_is_written_as_it_reads() -> None:
    assert list(RAIN) == [
        Block("headline", "Rain"),
        Block("byline", "Ann Lee"),
        Block("paragraph", "It rained."),
        Block("paragraph", "Then it snowed."),
        Block("subheading", "Later"),
        Block("list_item", "Sun"),
    ]


def test_edits() -> None:
    assert texts(replaced("snowed", "hailed")(RAIN))[3] == "Then it hailed."
    assert texts(removed("It")(RAIN)) == ["Rain", "Ann Lee", "Then it snowed.", "Later", "Sun"]
    assert texts(inserted("One.\n\nTwo.", after="It")(RAIN))[2:5] == ["It rained.", "One.", "Two."]
    assert texts(moved("Later", after="Ann")(RAIN))[1:4] == ["Ann Lee", "Later", "It rained."]


@pytest.mark.parametrize(
    "edit", [replaced("rain", "x"), removed("It rains"), moved("It", after="x")]
)
def test_an_edit_that_fits_no_block_or_several_is_an_error(edit: object) -> None:
    twice = (*RAIN, Block("paragraph", "More rain."), Block("paragraph", "Less rain."))
    with pytest.raises(ValueError, match="where the script needs one"):
        edit(twice)  # type: ignore[operator]


def test_a_story_is_revised_from_its_round_on_and_owns_up_or_not() -> None:
    revisions = (
        Revision(3, "silent", (replaced("rained", "poured"),)),
        Revision(5, "owned", (replaced("poured", "dripped"),), owned=True),
    )
    story = Story("rain", "Weather", "# Rain\n\nIt rained.", revisions, published=2, gone=6)
    seen = {round: story.at(round) for round in range(1, 7)}
    assert (seen[1], seen[6]) == (None, None)
    assert [e.text[1].text for e in seen.values() if e] == [
        "It rained.",
        "It poured.",
        "It poured.",
        "It dripped.",
    ]
    assert [e.changed for e in seen.values() if e] == [2, 3, 3, 5]
    assert [e.modified for e in seen.values() if e] == [2, 2, 2, 5]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_every_revision_is_seen_and_is_what_it_is_labelled(story: Story) -> None:
    rounds = [story.published, *(revision.round for revision in story.revisions)]
    assert all(a < b <= len(ROUNDS) for a, b in pairwise(rounds))
    assert not set(rounds) & set(story.walled)
    seen = [edition.text for round in rounds if (edition := story.at(round))]
    for n, revision in enumerate(story.revisions, 1):
        same_words = words_hash(texts(seen[n])) == words_hash(texts(seen[n - 1]))
        assert content_hash(texts(seen[n])) != content_hash(texts(seen[n - 1]))
        assert same_words is (revision.label == "cosmetic")
        assert (seen[n] in seen[:n]) is (revision.label == "reverted")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_every_story_is_long_enough_to_be_worth_reading(story: Story) -> None:
    paragraphs = [block for block in written(story.first) if block.kind == "paragraph"]
    assert 5 <= len(paragraphs) <= 12
