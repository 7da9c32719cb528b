"""Hostile pairs: what they cost is bounded by counting work, which no slow machine can fail."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import LCSseq

from newsdiff_crawler.diff import align, compare, sequence
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
