"""Scraped text comes out harmless, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.web.rendering import harmless, make_environment, web_address


def test_markup_in_a_text_is_shown_not_obeyed() -> None:
    template = make_environment().from_string("<p>{{ text }}</p>")
    shown = template.render(text="<script>alert('x')</script>")
    assert shown == "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\u2066", "\ud800", "\uffff"])
def test_characters_that_break_or_turn_a_page_are_left_out(character: str) -> None:
    template = make_environment().from_string("{{ text }}")
    assert template.render(text=f"exe{character}fdp") == "exefdp"


@given(st.text(st.characters()))
def test_every_text_can_be_sent(text: str) -> None:
    make_environment().from_string("{{ text }}").render(text=text).encode()


def test_other_values_pass_unchanged() -> None:
    assert harmless(12) == 12
    assert harmless("سوق\u200cها") == "سوق\u200cها"


@pytest.mark.parametrize("url", ["https://news.example/a?b=1", "http://news.example"])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//news.example", "https://", "http://[x", ""],
)
def test_other_addresses_do_not(url: str) -> None:
    assert web_address(url) is None
