"""Edits of sentences, as the NewsEdits corpus defines them.

Spangher, Ren, May and Peng, "NewsEdits: A News Article Revision Dataset and a Novel
Document-Level Reasoning Challenge", NAACL 2022, section 3: every sentence of two versions is an
*addition* (new, like none before), a *deletion* (like none after), an *edit* (like one or more
on the other side: with several ends it is a merge or a split) or unchanged. Edits and unchanged
sentences are also *refactored* if they moved by more than what was added and removed around them.
Refactors are the fewest pairs whose removal leaves no two that cross.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from newsdiff_crawler.diff.align import Match, Unit, align, group
from newsdiff_crawler.diff.model import SentenceCounts
from newsdiff_crawler.diff.sequence import Pair, heaviest_chain
from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import sentences

# A block with sentences beyond this many of its version is compared as one: the longest of the
# real versions at hand has 363.
MAX_SENTENCES = 2000


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """Sentences that belong together, by their index in each version, and what became of them.

    ``edited`` has several indexes on one side where a sentence was split, or several merged.
    """

    edit: Literal["same", "added", "removed", "edited"]
    before: tuple[int, ...]
    after: tuple[int, ...]
    moved: bool = False  # NewsEdits' refactor


@dataclass(frozen=True, slots=True)
class SentenceDiff:
    """The sentences of two versions in reading order. Each is in one edit, once."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    edits: tuple[SentenceEdit, ...]


def compare_sentences(
    before: Sequence[Block], after: Sequence[Block], alphabet: Alphabet | None = None
) -> SentenceDiff:
    """What became of each sentence, given two versions as their blocks in reading order.

    An `alphabet` that has spelled these texts before spares doing so again.
    """
    alphabet = Alphabet() if alphabet is None else alphabet
    cut = {text: sentences(text) for text in {block.text for block in (*before, *after)}}
    in_detail = min(_fitting(before, cut), _fitting(after, cut))
    old, new = _units(before, cut, in_detail), _units(after, cut, in_detail)
    matches = align(old, new, alphabet)
    pairs = [(i, j) for match in matches for i in match.before for j in match.after]
    moved = refactored(pairs)
    edits = [_edit(match, old, new, moved, alphabet) for match in matches]
    in_before = {i for match in matches for i in match.before}
    in_after = {j for match in matches for j in match.after}
    edits += [SentenceEdit("removed", (i,), ()) for i in range(len(old)) if i not in in_before]
    edits += [SentenceEdit("added", (), (j,)) for j in range(len(new)) if j not in in_after]
    return SentenceDiff(tuple(u.text for u in old), tuple(u.text for u in new), tuple(edits))


def refactored(pairs: Sequence[Pair]) -> set[Pair]:
    """The fewest pairs whose removal leaves no two that cross."""
    in_order = heaviest_chain(pairs, [1] * len(pairs), shared_ends=True)
    return set(pairs) - {pairs[k] for k in in_order}


def count_sentences(diff: SentenceDiff) -> SentenceCounts:
    """Sentences of the newer version added, edited and moved, and of the older one removed."""
    return SentenceCounts(
        added=sum(edit.edit == "added" for edit in diff.edits),
        removed=sum(edit.edit == "removed" for edit in diff.edits),
        edited=sum(len(edit.after) for edit in diff.edits if edit.edit == "edited"),
        moved=sum(len(edit.after) for edit in diff.edits if edit.moved),
    )


def _fitting(blocks: Sequence[Block], cut: Mapping[str, Sequence[str]]) -> int:
    """How many blocks have no more than `MAX_SENTENCES` together."""
    ends = accumulate(len(cut[block.text]) for block in blocks)
    return sum(end <= MAX_SENTENCES for end in ends) if blocks else 0


def _units(blocks: Sequence[Block], cut: Mapping[str, Sequence[str]], in_detail: int) -> list[Unit]:
    """Sentences; of the blocks after so many, whole blocks."""
    texts = (cut[b.text] if at < in_detail else [b.text] for at, b in enumerate(blocks))
    return [Unit(text, group(b)) for b, of in zip(blocks, texts, strict=True) for text in of]


def _edit(
    match: Match,
    old: Sequence[Unit],
    new: Sequence[Unit],
    moved: set[Pair],
    alphabet: Alphabet,
) -> SentenceEdit:
    several = len(match.before) > 1 or len(match.after) > 1
    was, now = old[match.before[0]].text, new[match.after[0]].text
    same = was == now or alphabet.spell(was).letters == alphabet.spell(now).letters
    return SentenceEdit(
        "same" if same and not several else "edited",
        match.before,
        match.after,
        any((i, j) in moved for i in match.before for j in match.after),
    )
