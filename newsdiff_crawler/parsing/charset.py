"""From the bytes of a page to its text, also where the page is wrong about its charset."""

from __future__ import annotations

from w3lib.encoding import html_to_unicode

_UNREADABLE = "\ufffd"


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page, by its byte-order mark, the header or its own declaration, else UTF-8.

    Bytes that are valid UTF-8 are UTF-8, whatever is declared: other text hardly ever is by chance.
    Bytes that are not what is declared at all are read as Windows-1252, which browsers assume of
    pages in Western languages that declare nothing. A page that is mostly what it declares has
    U+FFFD where it is not.
    """
    if not body.isascii() and (text := _as_utf8(body)):
        return text
    text = html_to_unicode(content_type, body, default_encoding="utf-8")[1]
    if _UNREADABLE in text and not _has_readable_letters(text):
        return body.decode("cp1252", "replace")
    return text


def _as_utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _has_readable_letters(text: str) -> bool:
    """Whether anything outside ASCII was read as declared."""
    return any(ord(character) > 127 and character != _UNREADABLE for character in set(text))
