"""What a reader types becomes words; nothing of it is ever syntax."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.store.reading.search_terms import (
    MarkedText,
    Term,
    expression,
    marked,
    parse_query,
)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("ferry late", [Term(("ferry",)), Term(("late",))]),
        ('"ferry late"', [Term(("ferry", "late"))]),
        ("Fér*", [Term(("fer",), is_prefix=True)]),
        ("can't", [Term(("can", "t"))]),
        ("東京", [Term(("東", "京"))]),
        ('"unclosed', [Term(("unclosed",))]),
        ("!!! * \x00", []),
        ("", []),
    ],
)
def test_a_query_is_words_phrases_and_beginnings(query: str, terms: list[Term]) -> None:
    assert parse_query(query) == terms


@given(st.text())
def test_no_query_upsets_the_index(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table f using fts5(headline, text)")
    terms = parse_query(query)
    if terms:
        connection.execute("select * from f where f match ?", [expression(terms)]).fetchall()
    connection.close()


@given(st.text(), st.text())
def test_marking_loses_nothing(text: str, query: str) -> None:
    assert "".join(piece.text for piece in marked(text, parse_query(query))) == text


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("The Café is late, later.", "cafe late", ["Café", "late"]),
        ("The Café is late, later.", "lat*", ["late", "later"]),
        ("A ferry late; a late ferry", '"late ferry"', ["late ferry"]),
        ("one two three", '"one two" "two three"', ["one two three"]),
        ("東京の市場", "市場", ["市場"]),
        ("Die Straße, die STRASSEN", "strasse*", ["Straße", "STRASSEN"]),
        ("นายกรัฐมนตรีกล่าวว่า", "รัฐ", ["รัฐ"]),
        ("nothing here", "ferry", []),
    ],
)
def test_what_was_searched_for_is_marked(text: str, query: str, hits: list[str]) -> None:
    assert [piece.text for piece in marked(text, parse_query(query)) if piece.is_hit] == hits


def test_what_was_not_is_not() -> None:
    assert marked("a ferry", parse_query("ferry")) == [
        MarkedText("a ", False),
        MarkedText("ferry", True),
    ]
