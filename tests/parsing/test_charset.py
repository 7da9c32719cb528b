"""A page is read as its author wrote it, whatever it says about its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.charset import decode, is_garbled
from newsdiff_crawler.parsing.feed_text import encoding_of

READ_AS = ("cp1252", "utf-8-sig")
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


NO_TEXT = (
    *("hex", "base64", "zlib", "bz2", "uu", "quopri", "rot13", "idna", "punycode", "undefined"),
    *("unicode_escape", "raw_unicode_escape", "utf-7", "mbcs"),
)


@pytest.mark.parametrize("encoding", NO_TEXT)
@pytest.mark.parametrize("text", [CAFE, r"<p>C:\new\x3cb\x3e +ADw-</p>"])
def test_what_is_no_encoding_of_texts_is_as_if_nothing_were_declared(
    encoding: str, text: str
) -> None:
    """Python has decoders of these names: of pictures, packed files, names and its own escapes."""
    meta = f'<meta charset="{encoding}">'
    assert decode(text.encode(), f"text/html; charset={encoding}") == text
    assert decode(f"{meta}{text}".encode()) == f"{meta}{text}"
    assert decode(text.encode("cp1252"), f"text/html; charset={encoding}") == text
    assert encoding_of(text.encode("cp1252"), f"application/xml; charset={encoding}") in READ_AS


def test_one_broken_byte_does_not_spoil_the_rest_of_the_page() -> None:
    assert decode(CAFE.encode() + b"\xe9") == CAFE + "\ufffd"


def test_one_broken_byte_does_not_make_another_charset_of_utf_8() -> None:
    page = "<p>Café, “ouvert” — déjà vu à Orléans, où l’été a été très frais, là-bas.</p>"
    broken = page.encode() + b"\xe9"
    assert decode(broken, "text/html; charset=iso-8859-1") == page + "\ufffd"


@pytest.mark.parametrize(
    "declared", [None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"]
)
def test_bytes_of_no_western_text_are_not_read_as_one(declared: str | None) -> None:
    assert is_garbled(decode("Новости дня: мост закрыт из-за козы".encode("cp1251"), declared))


@pytest.mark.parametrize(
    "text",
    [
        CAFE,
        "Größe, Spaß“, Gruß“, Fuß“, süß“ und “heiß“ — “Straß“, “groß“",
        "Il est né… « l’été », a-t-il dit : “É… ”",
        "Новости, 日本, عربى",
        "plain",
        "one \ufffd in a long text",
    ],
)
def test_text_that_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


@given(st.text())
def test_any_text_is_garbled_or_not(text: str) -> None:
    assert is_garbled(text) in (True, False)


@given(st.text("éèàüößñçøåž’“”–…", min_size=8))
def test_utf_8_that_was_read_as_windows_1252_is_garbled(text: str) -> None:
    misread = text.encode().decode("cp1252", "replace")
    assert is_garbled(f"{misread} and more")


def test_a_declaration_inside_the_page_counts() -> None:
    page = '<meta charset="shift_jis"><p>日本</p>'
    assert decode(page.encode("shift_jis")) == page


@given(
    st.binary(max_size=300), st.sampled_from([None, "text/html; charset=utf-8", "x;charset=\x00"])
)
def test_any_bytes_become_some_text(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


@pytest.mark.parametrize("between", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["Größe — “déjà vu”", "It’s ‘shut’", "Été, señor…"])
def test_utf_8_that_was_made_utf_8_twice_is_read_as_it_was_meant(text: str, between: str) -> None:
    once = text.encode()
    try:
        twice = once.decode(between)
    except UnicodeDecodeError:  # a byte that Windows-1252 has no character for, as browsers read it
        twice = "".join(bytes([byte]).decode(between, "ignore") or chr(byte) for byte in once)
    assert decode(twice.encode()) == text


def test_one_sign_that_is_right_and_a_page_was_not_made_utf_8_twice() -> None:
    page = "It’s “shut”".encode().decode("latin-1") + " – ’"
    assert decode(page.encode()) == page
