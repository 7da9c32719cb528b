"""What was altered in a sentence on its way to another paragraph."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.model import Evidence
from tests.support.notation import paragraphs

COUNCIL = "The council met on the second floor of the library until late in the evening."
QUIET = "It was a quiet day in the town."
VOTE = "A vote on the bridge was put off until the spring. The town has no money for it."


@pytest.mark.parametrize(
    ("sentence", "old", "new", "shown"),
    [
        ("The old mill by the river was built in # by two brothers from the valley.",
         "1987", "1978", ("1987", "1978")),
        ("“We will sell the mill to nobody in this town,” said the baker #.",
         "Jan Berg", "Ulf Berg", ("Jan Berg", "Ulf Berg")),
        ("The court # the baker of theft on Monday in the old hall.",
         "did not clear", "did clear", ("not clear", "clear")),
        ("The baker was charged with the # of two men in the old mill.",
         "murder", "manslaughter", ("murder", "manslaughter")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_first", [False, True])
def test_a_sentence_that_was_altered_on_its_way_is_accused(
    sentence: str, old: str, new: str, shown: tuple[str, str], is_first: bool
) -> None:
    before, after = (sentence.replace("#", words) for words in (old, new))
    now = f"{after} {COUNCIL}" if is_first else f"{COUNCIL} {after}"
    diff = compare(paragraphs(COUNCIL, f"{QUIET} {before}", VOTE), paragraphs(now, QUIET, VOTE))
    labels = {label.name: label.evidence for label in summarise(diff).labels}
    assert labels["altered"] == (Evidence(0, *shown),)


def test_a_sentence_that_only_moved_accuses_nobody() -> None:
    mill = "The old mill by the river was built in 1987 by two brothers from the valley."
    before = paragraphs(COUNCIL, f"{QUIET} {mill}", VOTE)
    diff = compare(before, paragraphs(f"{COUNCIL} {mill}", QUIET, VOTE))
    assert summarise(diff).labels == ()
