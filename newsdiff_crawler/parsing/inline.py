"""Text within a line: what belongs to a sentence, where a word ends, and where it does not."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from newsdiff_crawler.text import normalise

# Elements within a line.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
_TEXT = "-text"
# Struck out, with what replaces it mostly at its side: "<del>91</del><ins>19</ins>" are two words.
STRUCK = frozenset({"del", "s", "strike"})
# Code points that stand for no character. A seam is a space between two words and else nothing;
# what follows an initial belongs to the same word.
SEAM, _INITIAL = "\ufdd0", "\ufdd1"
_LONGEST_LETTER = 10  # characters, white space and all
_AROUND_LETTER = " \t\n“\"„«'‘"
_DROP_CAP = re.compile(
    r"drop[-_]?cap|lettrine|initial(?:[-_]?(?:cap|letter)|e?(?=\s|$))|first[-_]?(?:letter|char)"
    r"|(?:big|cap|large)[-_]?letter",
    re.I,
)
_AFTER_INITIAL = re.compile(rf"(?<![aeiouyAEIOUYÀÉÈ]){_INITIAL}\s*(?=[^\W\d_])|{_INITIAL}")
_BETWEEN_WORDS = re.compile(rf"(?<=\w){SEAM}+(?=\w)")


def is_in_sentence(node: LexborNode) -> bool:
    """Whether an element stands within a line that has other words: it is a part of what they say,
    whatever its name."""
    inner: LexborNode | None = node
    while inner is not None and inner.tag in _INLINE:
        inner = inner.parent
        if inner is not None and _has_words_of_its_own(inner):
            return True
    return False


def _has_words_of_its_own(node: LexborNode) -> bool:
    child = node.first_child
    while child is not None:
        if child.tag == _TEXT and any(map(str.isalnum, child.text_content or "")):
            return True
        child = child.next
    return False


def words_in(node: LexborNode) -> str:
    """The text of a text node, marked if it is a large first letter."""
    text = node.text_content or ""
    if len(text) > _LONGEST_LETTER or text.isspace():  # nearly all
        return text
    is_letter = len(text.strip(_AROUND_LETTER)) == 1 and _is_drop_cap(node.parent)
    return text.strip() + _INITIAL if is_letter else text


def _is_drop_cap(node: LexborNode | None) -> bool:
    names = node.attributes.get("class") if node else ""
    return bool(_DROP_CAP.search(names or ""))


def joined(pieces: list[str]) -> str:
    """Texts of one line, normalised, with seams and initials as they are read."""
    text = "".join(pieces)
    if _INITIAL in text:
        text = _AFTER_INITIAL.sub("", text)
    if SEAM in text:
        text = _BETWEEN_WORDS.sub(" ", text).replace(SEAM, "")
    return normalise(text)
