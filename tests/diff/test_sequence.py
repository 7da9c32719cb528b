from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import sequence
from newsdiff_crawler.diff.sequence import Pair, common_runs, heaviest_chain

SMALL = st.integers(0, 5)


def longest_common(a: str, b: str) -> int:
    """The textbook's table."""
    above = [0] * (len(b) + 1)
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
        above = row
    return above[-1]


@given(st.text("abcd", max_size=12), st.text("abcd", max_size=12))
def test_runs_are_equal_in_order_and_as_long_as_can_be(a: str, b: str) -> None:
    runs = list(common_runs(a, b))
    assert all(a[i : i + n] == b[j : j + n] for i, j, n in runs)
    assert all(i + n <= k and j + n <= m for (i, j, n), (k, m, _) in pairwise(runs))
    assert sum(n for _, _, n in runs) == longest_common(a, b)


@given(st.text("abcdefgh", max_size=30), st.text("abcdefgh", max_size=30))
def test_beyond_the_work_limit_runs_are_still_equal_and_in_order(a: str, b: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "MAX_CELLS", 9)
        runs = list(common_runs(a, b))
    assert all(n and a[i : i + n] == b[j : j + n] for i, j, n in runs)
    ends = [(i, j, i + n, j + n) for i, j, n in runs]
    assert all(x[2] <= y[0] and x[3] <= y[1] for x, y in pairwise(ends))


def test_beyond_the_work_limit_what_stands_once_on_both_sides_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sequence, "MAX_CELLS", 9)
    assert list(common_runs("xaxaxQayay", "bzbzbzQzczc")) == [(5, 6, 1)]


def test_no_table_is_larger_than_the_work_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    cells: list[int] = []
    table_runs = sequence._table_runs

    def counted(a: str, b: str, i: int, j: int) -> object:
        cells.append(len(a) * len(b))
        return table_runs(a, b, i, j)

    monkeypatch.setattr(sequence, "_table_runs", counted)
    words = "".join(map(chr, range(5000)))
    assert list(common_runs(words * 4, words[::-1] * 4)) is not None
    assert max(cells, default=0) <= sequence.MAX_CELLS


def crosses(one: Pair, other: Pair, shared_ends: bool) -> bool:
    product = (one[0] - other[0]) * (one[1] - other[1])
    return product < 0 or (product == 0 and not shared_ends)


@given(
    st.lists(st.tuples(SMALL, SMALL, st.integers(1, 4)), max_size=7, unique_by=lambda x: x[:2]),
    st.booleans(),
)
def test_the_chain_is_the_heaviest_in_which_no_two_cross(
    items: list[tuple[int, int, int]], shared_ends: bool
) -> None:
    pairs = [(i, j) for i, j, _ in items]
    weights = [weight for _, _, weight in items]
    chain = heaviest_chain(pairs, weights, shared_ends)

    def allowed(subset: tuple[int, ...]) -> bool:
        return not any(crosses(pairs[k], pairs[m], shared_ends) for k, m in combinations(subset, 2))

    subsets = [s for n in range(len(pairs) + 1) for s in combinations(range(len(pairs)), n)]
    assert allowed(tuple(chain))
    assert sum(weights[k] for k in chain) == max(
        sum(weights[k] for k in subset) for subset in subsets if allowed(subset)
    )
