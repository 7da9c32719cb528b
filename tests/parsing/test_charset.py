"""A page is read as its author wrote it, whatever it says about its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.charset import decode

CAFE = "<p>Café — “open”</p>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (CAFE.encode(), "text/html; charset=utf-8"),
        (CAFE.encode(), None),
        (CAFE.encode("cp1252"), "text/html; charset=windows-1252"),
        (CAFE.encode("cp1252"), "text/html; charset=utf-8"),
        (CAFE.encode("cp1252"), None),
        (CAFE.encode(), "text/html; charset=iso-8859-15"),
        ("\ufeff".encode() + CAFE.encode(), "text/html; charset=iso-8859-1"),
        (CAFE.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_a_page_is_read_as_it_was_written(body: bytes, content_type: str | None) -> None:
    assert decode(body, content_type).lstrip("\ufeff") == CAFE


def test_one_broken_byte_does_not_spoil_the_rest_of_the_page() -> None:
    assert decode(CAFE.encode() + b"\xe9") == CAFE + "\ufffd"


def test_a_declaration_inside_the_page_counts() -> None:
    page = '<meta charset="shift_jis"><p>日本</p>'
    assert decode(page.encode("shift_jis")) == page


@given(
    st.binary(max_size=300), st.sampled_from([None, "text/html; charset=utf-8", "x;charset=\x00"])
)
def test_any_bytes_become_some_text(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)
