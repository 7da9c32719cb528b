"""What happens in a newsroom in a week. Pure. Times are whole minutes since the week began.

A failing test prints the script as the Python expression that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY

EditKind = Literal["real", "cosmetic", "reverted"]
# How conditional requests are answered: with the page, as they should be, "not modified" always.
Confirms = Literal["never", "truly", "falsely"]
TroubleKind = Literal[
    "absent",
    "removed",
    "refused",
    "too many requests",
    "out of service",
    "broken",
    "cut off",
    "reset",
    "hanging",
    "soft 404",
    "front page",
    "consent wall",
    "login",
    "placeholder",
    "another story",
]
# In these the address answers, and no longer with the story.
LED_AWAY: tuple[TroubleKind, ...] = ("login", "placeholder", "another story")
# What a page calls itself: its address, one that never answered, or another story's.
States = Literal["its own", "a dead one", "another's"]


class Text(NamedTuple):
    """What a story says (``words``) and how it is punctuated (``style``), as numbers."""

    words: int = 0
    style: int = 0


@dataclass(frozen=True)
class ScriptedEdit:
    """``after``: so long after the edit before it, or after publication."""

    after: int
    kind: EditKind


@dataclass(frozen=True)
class Trouble:
    """What a page, or the feed, has in place of an answer. ``after``: so long after publication, or
    after the week's beginning; ``lasts``: how long."""

    after: int
    lasts: int
    kind: TroubleKind


@dataclass(frozen=True)
class ScriptedStory:
    """``listed``: how long the feed has it, under its first address. ``relisted``: the feed has it
    under its new address once it has moved, and it moves only once. ``hinted``: its entry in the
    feed changes with each edit."""

    published: int
    listed: int = DAY
    edits: tuple[ScriptedEdit, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    moves: tuple[int, ...] = ()  # minutes after publication
    relisted: bool = False
    hinted: bool = False
    confirms: Confirms = "never"
    states: States = "its own"

    def texts(self) -> list[tuple[int, Text]]:
        """Each text and since when the story has it. Neighbours differ."""
        texts = [(self.published, Text())]
        at = self.published
        for number, edit in enumerate(self.edits, 1):
            at += edit.after
            text = self._edited(texts, number, edit.kind)
            if text != texts[-1][1]:
                texts.append((at, text))
        return texts

    def _edited(self, texts: list[tuple[int, Text]], number: int, kind: EditKind) -> Text:
        now = texts[-1][1]
        if kind == "reverted":
            return texts[-2][1] if len(texts) > 1 else now
        return Text(number, now.style) if kind == "real" else Text(now.words, 1 - now.style)

    def text_at(self, minute: int) -> Text:
        """Its text at a minute, once it is published."""
        return [text for since, text in self.texts() if since <= minute][-1]

    def address_at(self, minute: int) -> int:
        """The number of its address: how often it has moved."""
        moves = sum(self.published + move <= minute for move in self.moves)
        return min(moves, 1) if self.relisted else moves

    def trouble_at(self, minute: int) -> TroubleKind | None:
        """What it has in place of an answer; None for nothing."""
        return trouble_at(self.troubles, minute - self.published)

    def stood(self) -> list[tuple[int, int, Text]]:
        """From when until when the story had each text, up to the week's end."""
        ends = [*(each for each in self.texts() if each[0] < WEEK), (WEEK, Text())]
        return [(since, until, text) for (since, text), (until, _) in pairwise(ends)]


@dataclass(frozen=True)
class Kill:
    """The first crawl from that minute on is killed while it records its check of that number, from
    1. It lives if it makes fewer."""

    minute: int
    check: int


@dataclass(frozen=True)
class Script:
    """The newsroom's week, and which crawls are killed."""

    stories: tuple[ScriptedStory, ...]
    feed_troubles: tuple[Trouble, ...] = ()
    kills: tuple[Kill, ...] = ()


def trouble_at(troubles: tuple[Trouble, ...], minute: int) -> TroubleKind | None:
    """The first trouble that lasts at a minute; None for none."""
    lasting = (each.kind for each in troubles if 0 <= minute - each.after < each.lasts)
    return next(lasting, None)
