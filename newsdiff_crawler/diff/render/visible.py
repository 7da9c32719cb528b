"""Text that may go to a terminal."""

from __future__ import annotations

import re

# Control characters (a terminal obeys them) and those that reverse the direction of text.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """A text with what a terminal would obey made visible: ESC becomes ``␛``, others ``�``."""
    return _HARMFUL.sub(_picture, text)


def _picture(character: re.Match[str]) -> str:
    code = ord(character[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
