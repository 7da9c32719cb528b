"""The longest common subsequence of two strings, and the heaviest chain of pairs, within limits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

# Cells of the comparison table (characters x characters) beyond which two strings are first cut
# at the characters that each has once. 2 million cells take 0.4 ms and 0.25 MB.
MAX_CELLS = 2_000_000

Pair = tuple[int, int]
Run = tuple[int, int, int]  # start in the one, start in the other, length


def common_runs(a: str, b: str) -> Iterator[Run]:
    """Runs that stand in both strings in the same order, as long in sum as can be found.

    Exact up to `MAX_CELLS`; beyond, parts without a character that both have once are left
    unmatched, so that the work grows with the length of the strings and not with its square.
    """
    start = _shared_prefix(a, b)
    end = _shared_prefix(a[start:][::-1], b[start:][::-1])
    if start:
        yield 0, 0, start
    yield from _middle_runs(a[start : len(a) - end], b[start : len(b) - end], start)
    if end:
        yield len(a) - end, len(b) - end, end


def _middle_runs(a: str, b: str, offset: int) -> Iterator[Run]:
    if len(a) * len(b) <= MAX_CELLS:
        yield from _table_runs(a, b, offset, offset)
        return
    i = j = 0
    for x, y in [*_anchors(a, b), (len(a), len(b))]:
        if (x - i) * (y - j) <= MAX_CELLS:
            yield from _table_runs(a[i:x], b[j:y], i + offset, j + offset)
        if x < len(a):
            yield x + offset, y + offset, 1
        i, j = x + 1, y + 1


def _table_runs(a: str, b: str, i: int, j: int) -> Iterator[Run]:
    if a and b:
        for block in LCSseq.opcodes(a, b).as_matching_blocks():
            if block.size:
                yield i + block.a, j + block.b, block.size


def _anchors(a: str, b: str) -> list[Pair]:
    """Characters that stand once in each string, as many as keep their order (patience diff)."""
    once = _once(a) & _once(b)
    if not once:
        return []
    where = {character: j for j, character in enumerate(b) if character in once}
    pairs = [(i, where[character]) for i, character in enumerate(a) if character in once]
    return [pairs[k] for k in heaviest_chain(pairs, [1] * len(pairs))]


def _once(text: str) -> set[str]:
    return {character for character, number in Counter(text).items() if number == 1}


def _shared_prefix(a: str, b: str) -> int:
    """How many characters two strings share from the start, found by halving."""
    low, high = 0, min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def heaviest_chain(
    pairs: Sequence[Pair], weights: Sequence[float], shared_ends: bool = False
) -> list[int]:
    """Indexes of the pairs that together weigh most while no two of them cross, in order.

    A chain rises in both numbers; with `shared_ends`, pairs in it may have one number in common
    (a sentence split in two). Takes n log n steps: the heaviest increasing subsequence.
    """
    sign = 1 if shared_ends else -1
    step = 1 if shared_ends else 0
    ends: list[int] = []  # for each weight that a chain can have so far, the lowest end of one ...
    totals: list[float] = []  # ... its weight; both lists rise
    tails: list[int] = []  # ... and its last pair
    previous = [-1] * len(pairs)
    for k in sorted(range(len(pairs)), key=lambda k: (pairs[k][0], sign * pairs[k][1])):
        end = pairs[k][1]
        at = bisect_left(ends, end + step)
        total = weights[k]
        if at:
            previous[k] = tails[at - 1]
            total += totals[at - 1]
        at = bisect_left(ends, end)
        if at < len(ends) and ends[at] == end and totals[at] >= total:
            continue
        beaten = bisect_right(totals, total, lo=at)
        ends[at:beaten], totals[at:beaten], tails[at:beaten] = [end], [total], [k]
    return _follow(previous, tails[-1] if tails else -1)


def _follow(previous: list[int], last: int) -> list[int]:
    chain = []
    while last >= 0:
        chain.append(last)
        last = previous[last]
    return chain[::-1]
