"""A block that says nothing but when, where from or how often is boilerplate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.boilerplate_text import is_boilerplate_text


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "Updated 5 mins ago",
        "just now",
        "vor 3 Stunden",
        "il y a deux heures",
        "24 July 2015",
        "Published: July 24, 2015 at 6:30 p.m. ET",
        "Published 10 May 2024, updated 2 hours ago",
        "Stand: 28.04.2020 18:00 Uhr",
        "Le 3 mars 2024 à 10h30",
        "12:45 GMT",
        "2024-05-09",
        "Friday, 24 July",
        "941 comments",
        "1.2K Shares",
        "Comments (12)",
        "Share this article",
        "Advertisement",
        "5 min read",
        "LONDON (Reuters) -",
        "KYIV, Ukraine (AP) —",
        "ISLAMABAD, March 4 (Reuters)",
        "Paris —",
    ],
)
def test_boilerplate(text: str) -> None:
    assert is_boilerplate_text(Block("paragraph", text))


@pytest.mark.parametrize(
    "text",
    [
        "He left at 12:45 GMT.",
        "It began 3 hours ago, she said.",
        "24 July 2015 was a Friday.",
        "12 Angry Men",
        "1984",
        "On 5 May he resigned.",
        "May 2024 be kinder",
        "Share prices fell",
        "941 comments were deleted",
        "LONDON (Reuters) - The bridge is closed.",
        "WHAT HAPPENS NEXT?",
        "Yes.",
        "–",
        "",
    ],
)
def test_text(text: str) -> None:
    assert not is_boilerplate_text(Block("paragraph", text))


def test_date_as_a_subheading_is_text() -> None:
    assert not is_boilerplate_text(Block("subheading", "24 July 2015"))
    assert is_boilerplate_text(Block("subheading", "3 hours ago"))


@given(st.text("1: apmutd-,.()ARKEsoh\u2014", max_size=90))
def test_any_text_is_decided(text: str) -> None:
    assert is_boilerplate_text(Block("paragraph", text)) in (True, False)
