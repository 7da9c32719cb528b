"""What countries and languages are called."""

from __future__ import annotations

import pytest

from newsdiff_crawler.places import country_code, country_name, language_code, language_name


@pytest.mark.parametrize(("code", "name"), [("NO", "Norway"), ("XK", "Kosovo"), ("QQ", "QQ")])
def test_a_country_is_called_by_its_name(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("nb", "Norwegian Bokmål"),
        ("cnr", "Montenegrin"),
        ("zh-Hant", "Chinese (traditional)"),
        ("sq-XK", "Albanian (Kosovo)"),
        ("qqq", "qqq"),
    ],
)
def test_a_language_is_called_by_its_name(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [("norway", "NO"), ("Hong Kong", "HK"), ("Niger", "NE"), ("NO", "NO"), ("nowhere", "nowhere")],
)
def test_a_country_is_found_by_its_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(("text", "code"), [("german", "de"), ("Norwegian", "no"), ("de", "de")])
def test_a_language_is_found_by_its_name(text: str, code: str) -> None:
    assert language_code(text) == code
