"""Stories of invented words. Each tells its own sign in every sentence, and its own day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

START = datetime(2026, 3, 1, tzinfo=timezone.utc)
STORIES = 16
_SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo dal mor nes pir tus wen".split()  # noqa: SIM905
_PARAGRAPHS = 7


class Telling(NamedTuple):
    """What a story says: how often it was written anew, and how often it was edited."""

    story: int
    rewrites: int = 0
    edits: int = 0

    @property
    def headline(self) -> str:
        topic = [_name(self.story, number) for number in (0, 1)]
        return " ".join([*topic, *self._words(0, 2)])

    @property
    def paragraphs(self) -> list[str]:
        """As they stand on the page."""
        told = [self._paragraph(place) for place in range(_PARAGRAPHS)]
        for edit in range(1, self.edits + 1):
            told[edit % _PARAGRAPHS] += f" {sign(self.story)} counted {edit} boats."
        return told

    @property
    def published(self) -> datetime:
        """Stories that share their topic are of different days."""
        return START - timedelta(days=30 - 3 * (self.story % 8), hours=self.story)

    def _paragraph(self, place: int) -> str:
        name, *rest = _name(self.story, place % 6), *self._words(2 + place * 11, 11)
        said = "yesterday" if place == 1 else "the council said" if place == 2 else "and"
        return f"{sign(self.story)} {name} {' '.join(rest[:7])} {said} {' '.join(rest[7:])}."

    def _words(self, first: int, count: int) -> list[str]:
        own = 20 + 80 * self.rewrites
        return [_word(self.story, own + number) for number in range(first, first + count)]


def sign(story: int) -> str:
    """A word that stands in every paragraph of a story, and in no other story."""
    return _word(story, 399).capitalize()


def stories_in(text: str) -> set[int]:
    """The stories of which a text tells."""
    return {story for story in range(STORIES) if sign(story) in text}


def _name(story: int, number: int) -> str:
    """A name of which a story tells; every second story is about the matter of the one before."""
    return _word(story - story % 2, number).capitalize()


def _word(story: int, number: int) -> str:
    return "".join(_SYLLABLES[part] for part in (story, number % 20, number // 20))
