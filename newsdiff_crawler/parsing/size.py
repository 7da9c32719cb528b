"""How large a page may be, and how much of a tree it may make: bounds on what a library is given,
for it cannot be interrupted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsdiff_crawler.parsing.refusal import Refusal
from newsdiff_crawler.parsing.trial import MOST_ELEMENTS, MOST_MEMORY, MOST_SECONDS, can_be_parsed

# The largest of several hundred news pages has 3.2 million characters.
MAX_CHARACTERS = 10_000_000
# A tree takes time in the square of its depth and of the attributes of a tag: 10,000 elements
# deep is 0.1 s, 100,000 deep 25 s. Counted as here, the deepest of several hundred news pages is
# 1,234 deep.
MAX_DEPTH = 12_000
MAX_ATTRIBUTES = 5_000
_WINDOW = 25_000
# Tags, but for elements that hold nothing or are often left open.
_TAG = re.compile(
    r"<(/?)(?!(?:area|br|col|hr|img|input|link|meta|source|wbr|p|li|td|th|tr|dt|dd|option|path|use"
    r"|rect|circle|line|polygon)\b)([a-zA-Z]\w*)",
    re.IGNORECASE,
)
# Levels of elements that stand with others of those that are not counted.
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2, "select": 2}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# One page in 300 has as many characters, tags, or elements that its tags may make: it is tried.
_LARGE, _MANY_TAGS, _MANY_ELEMENTS = 2_000_000, 12_000, 400_000
# What is opened anew in each paragraph where it was left open, three times at most if it is the
# same.
_FORMAT = re.compile(
    r"<(?=[bcefinstu])(?:[bisu]|big|code|em|font|nobr|small|strike|strong|tt)(?=[\s/>])[^>]*",
    re.IGNORECASE,
)
_MOST_ALIKE = 3


def check_size(html: str) -> None:
    """Raises Refusal for a page that is too large or too deep to be news, and for one that takes
    too long, or too much memory, to parse."""
    if len(html) > MAX_CHARACTERS:
        raise Refusal("too_large", f"page of {len(html):,} characters: too large for an article")
    tags = html.count("<")
    if tags > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise Refusal("too_deep", f"page nested more than {MAX_DEPTH:,} elements deep")
    if _has_long_tag(html) and _has_long_tag(_without_scripts(html)):
        raise Refusal("too_deep", f"page with a tag of more than {MAX_ATTRIBUTES:,} attributes")
    if _is_large(html, tags) and not can_be_parsed(html):
        tree = f"{MOST_ELEMENTS:,} elements, {MOST_MEMORY} MB or {MOST_SECONDS} s"
        raise Refusal("too_large", f"page whose tree takes more than {tree}")


def _is_large(html: str, tags: int) -> bool:
    if len(html) > _LARGE or tags > _MANY_TAGS:
        return True
    if tags * tags <= 4 * _MANY_ELEMENTS:  # however many of them are formats
        return False
    formats = _FORMAT.findall(html)
    if tags * len(formats) <= _MANY_ELEMENTS:
        return False
    reopened = sum(min(number, _MOST_ALIKE) for number in Counter(formats).values())
    return tags * reopened > _MANY_ELEMENTS


def _depth(html: str) -> int:
    """The deepest nesting there can be, unclosed elements counted as open to the end."""
    deepest = depth = 0
    for closing, name in _TAG.findall(html):
        levels = _LEVELS.get(name.lower(), 1)
        depth = max(0, depth - levels) if closing else depth + levels
        deepest = max(deepest, depth)
    return deepest


def _has_long_tag(html: str) -> bool:
    """Whether a tag, or what looks like one, has more attributes than a tag may have."""
    return any(len(_QUOTED.sub("", tag).split()) > MAX_ATTRIBUTES for tag in _long_tags(html))


def _without_scripts(html: str) -> str:
    """A page without what stands in its scripts, where "a<b" opens no tag."""
    lowered, kept, at = html.lower(), [], 0
    while (start := lowered.find("<script", at)) >= 0:
        kept.append(html[at:start])
        end = lowered.find("</script", start)
        at = len(html) if end < 0 else end
    return "".join([*kept, html[at:]])


def _long_tags(html: str) -> Iterator[str]:
    """Tags longer than two windows: there is a window in which no tag begins."""
    at = 0
    while at < len(html):
        if html.find("<", at, at + _WINDOW) < 0:
            start = html.rfind("<", 0, at)
            end = html.find("<", at)
            at = len(html) if end < 0 else end
            tag = html[start:at].partition(">")[0] if start >= 0 else ""
            if len(tag) > _WINDOW and tag[1].isalpha():  # no comment
                yield tag
        at += _WINDOW
