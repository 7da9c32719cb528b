"""Who takes over from whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.crawling.inheritance import is_heir

SITE, OTHER_SITE = "news.example", "wire.example"
NAMES = st.sampled_from(["paper", "the_paper", "bbc", SITE, OTHER_SITE])


@pytest.mark.parametrize(
    ("source", "owner", "declared", "takes_over"),
    [
        ("the_paper", "paper", {"the_paper"}, True),  # renamed
        ("paper", SITE, {"paper"}, True),  # first followed by its feed
        (SITE, "paper", set(), True),  # declared no longer, and followed by its feed
        ("the_paper", "paper", {"the_paper", "paper"}, False),  # both list it
        (SITE, "paper", {"paper"}, False),
        (SITE, OTHER_SITE, set(), False),
    ],
)
def test_an_heir_is_a_source_that_is_there_where_the_owner_is_not(
    source: str, owner: str, declared: set[str], takes_over: bool
) -> None:
    assert is_heir(source, owner, declared) is takes_over


@given(NAMES, NAMES, st.sets(NAMES.filter(lambda name: "." not in name)))
def test_no_two_sources_take_from_each_other(one: str, other: str, declared: set[str]) -> None:
    assert not (is_heir(one, other, declared) and is_heir(other, one, declared))
