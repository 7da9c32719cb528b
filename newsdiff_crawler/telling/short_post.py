"""A message for networks that count characters: as much of it as there is room for."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from newsdiff_crawler.telling.message import (
    ARROW,
    Message,
    Told,
    isolated,
    marked_text,
    one_line,
    web_link,
)

Length = Callable[[str], int]
LINK = "What changed"
_MOST_PASSAGE = 200  # characters; the words around the change say enough


def short_post(message: Message, most: int, length: Length, link_length: int) -> str:
    """The headline, the change in words, the passage and the link, in this order; of a digest what
    it is called and its first headlines. What does not fit is left out, the last first, and then
    cut. ``length``: of a text as the network counts
    it; ``link_length``: of any link."""
    link = web_link(message.changes[0]) if message.is_single else message.site
    room = most - (link_length + 2 if link else 0)
    return "\n\n".join([_fitted(message, room, length), *filter(None, [link])])


def _fitted(message: Message, room: int, length: Length) -> str:
    parts = _parts(message)
    while len(parts) > 1 and length("\n\n".join(parts)) > room:
        parts.pop()
    return title_within(message, room, length) if len(parts) == 1 else "\n\n".join(parts)


def title_within(message: Message, room: int, length: Length) -> str:
    """What a message is called; of two headlines both, each cut where one alone is too long."""
    if not message.is_single or length(message.title) <= room:
        return cut(message.title, room, length)
    (told,) = message.changes
    paper, (before, after) = f"{told.paper}: ", told.headlines
    if before == after:
        return cut(message.title, room, length)
    left = room - length(told.headline) + length(before) + length(after)
    before = cut(before, max(left // 2, left - length(after)), length)
    after = cut(after, left - length(before), length)
    return cut(f"{paper}{isolated(before)}{ARROW}{isolated(after)}", room, length)


def linked_post(
    message: Message, most: int, most_bytes: int, length: Length
) -> tuple[str, str, str]:
    """The same for networks whose links are words of the text: the text up to the link, its words,
    and where it leads; both empty where there is none."""
    url = web_link(message.changes[0]) if message.is_single else message.site
    link = (LINK if message.is_single else message.site.partition("://")[2]) if url else ""

    def counted(text: str) -> int:
        # Of the two limits the one that is nearer, as if it were the first.
        return max(length(text), math.ceil(len(text.encode()) * most / most_bytes))

    between = "\n\n" if link else ""
    room = most - counted(between + link)
    return f"{_fitted(message, room, counted)}{between}", link, url


def _parts(message: Message) -> list[str]:
    if not message.is_single:
        is_said = message.title.endswith(one_line(message.text))  # as of an alarm
        heads = [each.headline for each in message.changes]
        return [message.title, *heads] if is_said else [message.title, message.text, *heads]
    (told,) = message.changes
    return [told.headline, told.summary, *_passage(told)]


def _passage(told: Told) -> Sequence[str]:
    marked = marked_text(told.passage)
    return [marked] if marked and len(marked) <= _MOST_PASSAGE else []


def cut(text: str, most: int, length: Length) -> str:
    """The beginning of a text, in whole characters as readers see them."""
    if length(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(text[:middle]) < most else (low, middle - 1)
    return f"{text[:low].rstrip()}…"
