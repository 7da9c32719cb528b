"""Pairs of any length: edited as a newsroom edits, and made to be slow."""

from __future__ import annotations

import random

from benchmarks.diff_pairs import EDITS, Editor, read_stories
from newsdiff_crawler.items import Block


def long_pair(characters: int, seed: int = 4) -> tuple[list[Block], list[Block]]:
    """Articles end to end up to a length, edited as a newsroom edits: 2 changes in 3,000
    characters."""
    rng = random.Random(seed)
    stories = read_stories()["en"]
    story: list[list[str]] = []
    while sum(len(text) for p in story for text in p) < characters:
        story += rng.choice(stories)
    while sum(len(text) for p in story for text in p) > characters:
        story.pop()
    editor = Editor(story, rng.choice(stories), rng)
    for edit in rng.choices(EDITS, k=max(2, characters // 1500)):
        edit(editor)
    return editor.pair.before, editor.finish().after


def hostile_pairs(characters: int) -> dict[str, tuple[list[Block], list[Block]]]:
    """Pairs made to be slow, of that many characters a side."""
    rng = random.Random(4)
    before, _ = long_pair(characters)
    vocabulary = sorted({word for block in before for word in block.text.split()})
    text = " ".join(block.text for block in before)
    shuffled = text.split()
    rng.shuffle(shuffled)

    def paragraphs(words: list[str], size: int) -> list[Block]:
        parts = (words[n : n + size] for n in range(0, len(words), size))
        return [Block("paragraph", " ".join(part)) for part in parts]

    def one(text: str) -> list[Block]:
        return [Block("paragraph", text[:characters])]

    def han(first: int) -> str:
        return "".join(chr(first + rng.randrange(9000)) for _ in range(characters))

    random_words = [rng.choice(vocabulary) for _ in range(len(shuffled))]
    few = [rng.choice("ab") for _ in range(characters // 2)]
    return {
        "everything changed": (before, paragraphs(random_words, 40)),
        "every paragraph edited": (before, [Block(b.kind, f"So {b.text} end") for b in before]),
        "reversed article": (before, before[::-1]),
        "reversed words": (one(text), one(" ".join(text.split()[::-1]))),
        "one token repeated": (one("word " * characters), one("word " * (characters // 7))),
        "a and b in one paragraph": (one(" ".join(few)), one(" ".join(few[::-1]))),
        "one paragraph, shuffled": (one(text), one(" ".join(shuffled))),
        "one paragraph of Chinese": (one(han(0x4E00)), one(han(0x4E00))),
        "every other word": (one(" x ".join(vocabulary * 9)), one(" y z ".join(vocabulary * 9))),
        "one against many": (one(text), paragraphs(text.split(), 1)),
        "every space": (one(text), one(text.replace(" ", "  "))),
        "one word, no spaces": (one("x" * characters), one("y" * characters)),
        "punctuation": (one("!?.," * characters), one(".,?!" * characters)),
        "paragraphs of one word": (paragraphs(shuffled, 1), paragraphs(text.split(), 1)),
        "paragraphs of ten words": (paragraphs(shuffled, 10), paragraphs(text.split(), 10)),
        "equal short paragraphs": (paragraphs(few, 3), paragraphs(few[::-1], 3)),
        "paragraphs of one letter": (
            [Block("paragraph", letter) for letter in few],
            [Block("paragraph", letter) for letter in few[::-1]],
        ),
    }
