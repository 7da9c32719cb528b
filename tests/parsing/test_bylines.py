"""A byline gives names, and nothing but names."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing.bylines import clean_names, without


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("BY: Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee, Bo Chan & Cy Diaz", ["Ann Lee", "Bo Chan", "Cy Diaz"]),
        ("By Ann Lee, Health correspondent", ["Ann Lee"]),
        ("Von Ann Lee und Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("Byron Andrews", ["Byron Andrews"]),
        ("Ann Lee | 24 April 2025", ["Ann Lee"]),
        ("Ann Lee • Political editor", ["Ann Lee"]),
        ("https://www.facebook.com/annlee", []),
        ("ann@news.example", []),
        ("", []),
        ("Ann Lee, Email the author", ["Ann Lee"]),
        ("Ann Lee | E-mail", ["Ann Lee"]),
        ("Follow Ann Lee", []),
        ("Contact the author", []),
        ("View all posts by Ann Lee", []),
        ("More by this author", []),
        ("About the author", []),
        ("Zur Autorenseite", []),
        ("Voir tous ses articles", []),
        ("Thomas More", ["Thomas More"]),
        ("Herbert Read, Al Contact", ["Herbert Read", "Al Contact"]),
        ("Emaily Follows", ["Emaily Follows"]),
        ("كايلا إبستين", ["كايلا إبستين"]),
    ],
)
def test_names_in_a_byline(byline: str, expected: list[str]) -> None:
    assert clean_names([byline]) == expected


def test_each_name_once() -> None:
    assert clean_names(["By Ann Lee", "Ann Lee", "Bo Chan"]) == ["Ann Lee", "Bo Chan"]


def test_a_newspaper_that_states_itself_names_nobody() -> None:
    itself = ["The Herald", "herald.example"]
    assert without(["Ann Lee", "HERALD", "Herald.example"], itself) == ["Ann Lee"]
