"""From the bytes of a page to its text, also where the page is wrong about its charset."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import (
    html_body_declared_encoding,
    html_to_unicode,
    http_content_type_encoding,
)

from newsdiff_crawler.text import outside_ascii

_UNREADABLE = "\ufffd"
# UTF-8 that was read as Windows-1252: the first byte of a letter as a letter, then the others.
_REST = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(
    f"[\u00c2-\u00de]{_REST}|[\u00e0-\u00ef]{_REST}{{2}}|[\u00f0-\u00f4]{_REST}{{3}}"
)
_LATIN_1 = "latin-1 instead"
_TWICE = ("â", "Ã")  # one of these is in nearly every text that was made UTF-8 twice
_LEADS = [chr(code) for code in range(0xC2, 0xF5) if code != 0xE2] + ["â€"]
_MOST_UNREADABLE = 3
_MOST_MISREAD = 4
_PER_MISREAD = 400  # characters; fewer for each misread one are garbled
_ACCENTED = re.compile("[ªºÀ-ÖØ-öø-ÿ]")
_WESTERN = 0.25  # no Western language has more accents than this among its letters ...
_FEW = 0.1
_MOST_ACCENTS = 0.5  # ... and no text in one, however short, more than this
_NONE_OF_THE_WEB = frozenset(["punycode", "unicode-escape", "raw-unicode-escape", "utf-7"])
_CLEAR = 4  # times as many letters that are UTF-8 as bytes that are none


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page, by its byte-order mark, the header or its own declaration, else UTF-8.

    Bytes that are valid UTF-8, but for a few, are UTF-8, whatever is declared: other text hardly
    ever is by chance. What is declared and is no encoding of texts is not declared. Bytes that are
    not what is declared at all are read as Windows-1252, which browsers assume of pages in Western
    languages that declare nothing; unless that makes no Western text. A page that is mostly what it
    declares has U+FFFD where it is not. UTF-8 of what was UTF-8 before, and as a whole, is read as
    it was.
    """
    if not body.isascii() and (text := _as_utf8(body)):
        return _as_meant(text)
    stated = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    encoding = next((each for each in stated if is_of_text(each)), "utf-8")
    text = html_to_unicode(f"text/html; charset={encoding}", body)[1]
    if _UNREADABLE in text and not _has_readable_letters(text):
        western = body.decode("cp1252", "replace")
        return western if _accents(western) <= _WESTERN else text
    return text


def is_of_text(encoding: str | None) -> bool:
    """Whether what is declared can be how a text is written. Python takes more for an encoding than
    the web does: pictures in hexadecimal digits, packed files, names of hosts, its own escapes."""
    if encoding is None or encoding.replace("_", "-") in _NONE_OF_THE_WEB:
        return False
    try:
        b"a".decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return False
    return True


def is_garbled(text: str) -> bool:
    """Whether a text was read in a wrong charset, or written so: it is full of U+FFFD, of UTF-8
    that was taken for another charset, or of accents where another script should be."""
    if text.isascii():
        return False
    if _accents(text) > _MOST_ACCENTS:
        return True
    unreadable = text.count(_UNREADABLE)
    if unreadable > _MOST_UNREADABLE and unreadable * _PER_MISREAD > len(text):
        return True
    if not any(lead in text for lead in _LEADS):  # found fast
        return False
    misread = _MISREAD.findall(text)
    if len(misread) <= _MOST_MISREAD or len(misread) * _PER_MISREAD < len(text):
        return False
    return 2 * sum(map(len, misread)) > outside_ascii(text)


def _accents(text: str) -> float:
    """The share of the letters with accents of Western languages among all letters."""
    if len(text.encode(errors="replace")) < (1 + _FEW) * len(text):  # nearly always, and fast
        return 0.0
    letters = sum(map(str.isalpha, text))
    return len(_ACCENTED.findall(text)) / letters if letters else 0.0


def _as_utf8(body: bytes) -> str:
    """The text of bytes that are UTF-8, but for a few; else ""."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("utf-8-sig", "replace")
    unreadable = text.count(_UNREADABLE)
    letters = outside_ascii(text) - unreadable
    return text if letters > _CLEAR * unreadable else ""


def _as_meant(text: str) -> str:
    """A text whose UTF-8 was taken for Windows-1252, or Latin-1, and written as UTF-8 again: as it
    was before. Any other as it is."""
    if not any(letter in text for letter in _TWICE):  # found fast
        return text
    try:
        return text.encode("cp1252", _LATIN_1).decode("utf-8")
    except UnicodeError:
        return text


def _latin_1(error: UnicodeError) -> tuple[bytes, int]:
    """The bytes of characters that Windows-1252 has not, where Latin-1 has them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error(_LATIN_1, _latin_1)


def _has_readable_letters(text: str) -> bool:
    """Whether anything outside ASCII was read as declared."""
    return any(ord(character) > 127 and character != _UNREADABLE for character in set(text))
