"""Hostile pairs: what they cost is bounded by counting work, which no slow machine can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from rapidfuzz.distance import LCSseq

from newsdiff_crawler.diff import (
    align,
    compare,
    found,
    kinds,
    meaning,
    moved_words,
    notice_scope,
    sequence,
    spelling,
    summarise,
)
from newsdiff_crawler.diff.tokens import tokenise
from tests.support.notation import paragraphs

WORDS = [f"w{n}" for n in range(30_000)]
BUDGET = 50_000_000  # cells of all tables together: some hundredths of a second

HOSTILE = {
    "one paragraph, reversed": ([" ".join(WORDS)], [" ".join(WORDS[::-1])]),
    "one token repeated": (["a " * 90_000 + "b"], ["b" + "a " * 60_000]),
    "two tokens": (["a b b " * 30_000], ["b a a b " * 20_000]),
    "Chinese": (
        ["".join(chr(0x4E00 + n * n % 9001) for n in range(100_000))],
        ["".join(chr(0x4E00 + n * 7 % 8999) for n in range(100_000))],
    ),
    "paragraphs of a word": (WORDS, [*WORDS[::2], *WORDS[1::2]]),
    "equal paragraphs": (["a b"] * 30_000, ["b a"] * 30_000),
    "one against many": ([" ".join(WORDS)], WORDS),
    "every other word": (
        [" ".join(f"{word} {n}" for n, word in enumerate(WORDS[:17_000]))],
        [" ".join(f"{word} x" for word in WORDS[:17_000])],
    ),
    "every space": ([" ".join(WORDS)], ["  ".join(WORDS)]),
    "paragraphs edited": (
        [" ".join(WORDS[n : n + 30]) for n in range(0, 30_000, 30)],
        [" ".join(["x", *WORDS[n : n + 30]]) for n in range(0, 30_000, 30)],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_on_a_hostile_pair_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = 0

    class Counted:
        @staticmethod
        def opcodes(a: str, b: str) -> object:
            nonlocal cells
            cells += len(a) * len(b)
            return LCSseq.opcodes(a, b)

        @staticmethod
        def similarity(a: str, b: str) -> int:
            nonlocal cells
            cells += len(a) * len(b)
            return LCSseq.similarity(a, b)

    monkeypatch.setattr(sequence, "LCSseq", Counted)
    monkeypatch.setattr(align, "LCSseq", Counted)
    before, after = (paragraphs(*texts) for texts in HOSTILE[name])
    diff = compare(before, after)
    assert "\n".join(b.text for b in diff.after()) == "\n".join(b.text for b in after)
    assert cells <= BUDGET


ALIKE = [f"It was said {word} that {word} had come to the mill of {word}." for word in WORDS]
HOSTILE_TO_MOVES = {
    "alike sentences, reversed": ([" ".join(ALIKE[:600])], [" ".join(ALIKE[600:0:-1])]),
    "alike paragraphs, reversed": (ALIKE[:600], ALIKE[600:0:-1]),
    "one sentence again and again": (["a b c d e. " * 3000], ["b c d e a. " * 3000]),
    "one sentence without an end": (["a b c d e " * 3500], ["b c d a e " * 3500]),
}


@pytest.mark.parametrize("name", HOSTILE_TO_MOVES)
def test_moved_words_are_looked_for_with_work_in_proportion(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = 0

    def counted(a: str, b: str) -> Iterator[sequence.Run]:
        nonlocal cells
        cells += len(a) * len(b)
        return sequence.common_runs(a, b)

    monkeypatch.setattr(moved_words, "common_runs", counted)
    before, after = (paragraphs(*texts) for texts in HOSTILE_TO_MOVES[name])
    tokens = sum(len(tokenise(block.text)) for block in after)
    diff = compare(before, after)
    assert (diff.before(), diff.after()) == (before, after)
    assert cells <= moved_words.MOST_PARTS * moved_words.LONGEST_PART * tokens


def test_in_more_than_so_many_characters_nothing_moves() -> None:
    one, other = " ".join(WORDS[:9000]) + ".", " ".join(WORDS[9000:18_000]) + "."
    diff = compare(paragraphs(f"{one} {other}", "x"), paragraphs("x", f"{other} {one}"))
    spans = (span for row in diff.rows for side in row.before for span in side.spans)
    assert {span.mark for span in spans}.isdisjoint({"moved", "shifted"})


TELLING = {
    "figures": ("The mill of 1987 has 320 seats.\n", "The mill of 1978 has 230 seats.\n"),
    "names": ("The prize went to Jan Berg again.\n", "The prize went to Ulf Berg again.\n"),
    "negations": ("They did see the boat of the mill.\n", "They did not see the boat at all.\n"),
    "one paragraph": (
        f"{'Nobody spoke of it then. ' * 9}The mill of 1987 is by no river. ",
        f"{'Nobody spoke of it then. ' * 9}The mill of 1978 is by a river. ",
    ),
    "quotations": ("“We never sell mills,” he said.\n", "“We always sell mills,” he said.\n"),
    "notices": (
        "The mill of 1987 is shut.\n",
        "The mill of 1978 is shut.\nCorrection: we gave another year of the mill.\n",
    ),
}


@pytest.mark.parametrize("name", TELLING)
def test_to_tell_the_kinds_takes_work_in_proportion(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def counted(function: Callable[[str], list[object]]) -> Callable[[str], list[object]]:
        def counting(text: str) -> list[object]:
            nonlocal read
            read += len(text)
            return function(text)

        return counting

    for module in (found, kinds, meaning, notice_scope, spelling):
        function = "sentence_bounds" if module is found else "words"
        monkeypatch.setattr(module, function, counted(getattr(module, function)))
    costs = []
    for times in (5, 10, 20):
        before, after = (paragraphs(*(each * times).split("\n")) for each in TELLING[name])
        read = 0
        summarise(compare(before, after))
        costs.append(read)
    assert costs[0] > 0
    assert costs[2] <= 2.5 * costs[1] <= 2.5**2 * costs[0]
