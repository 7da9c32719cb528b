"""Which watches a change is for. Pure, and cheap: it is asked inside of the transaction that stores
a version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsdiff_crawler.items import Block
from newsdiff_crawler.telling.watches import Place, Watch
from newsdiff_crawler.text import MARKS, UNSPACED, fold
from newsdiff_crawler.urls import section_of

_LETTER = re.compile(rf"[^\W{UNSPACED}]")
_GOES_ON = re.compile(rf"[{MARKS}]|[^\W{UNSPACED}]")


@dataclass(frozen=True)
class ChangedStory:
    """What is looked at of a change: its source, the article's address, the labels, and the texts
    before and after."""

    source: str
    url: str
    labels: Sequence[str]
    before: Sequence[Block]
    after: Sequence[Block]

    @cached_property
    def headlines(self) -> str:
        """The older and the newer one, without case and accents."""
        both = (*self.before, *self.after)
        return fold("\n".join(each.text for each in both if each.kind == "headline"))

    @cached_property
    def changed(self) -> tuple[str, str]:
        """What the blocks say that only the older, and only the newer text has, without case and
        accents."""
        before = {block.text: None for block in self.before}
        after = {block.text: None for block in self.after}
        old = "\n".join(text for text in before if text not in after)
        new = "\n".join(text for text in after if text not in before)
        return fold(old), fold(new)

    @cached_property
    def whole(self) -> str:
        """All of these texts: what most words are not in, which is seen at once."""
        return "\n".join((self.headlines, *self.changed))


def matching(watches: Mapping[str, Watch], story: ChangedStory) -> Iterator[str]:
    """The names of the watches that a change is for. Which article it is of is not looked at: an
    article has many addresses, and the record knows them."""
    return (name for name, watch in watches.items() if _is_for(watch, story))


def _is_for(watch: Watch, story: ChangedStory) -> bool:
    return (
        (not watch.sources or story.source in watch.sources)
        and (not watch.labels or not set(story.labels).isdisjoint(watch.labels))
        and (not watch.sections or _is_in(watch.sections, story.url))
        and (not watch.words or _has_words(watch, story))
    )


def _is_in(sections: Sequence[str], url: str) -> bool:
    section = section_of(url)
    folder = section.partition("/")[2]
    return any(each in (section, folder) for each in sections)


def _has_words(watch: Watch, story: ChangedStory) -> bool:
    found = (_is_told_of(words, watch.words_in, story) for words in watch.words)
    return all(found) if watch.every_word else any(found)


def _is_told_of(words: str, places: Sequence[Place], story: ChangedStory) -> bool:
    """A word was added where the newer text has it more often, and so the other way round."""
    if words.rstrip("*") not in story.whole:
        return False
    if "headline" in places and times_in(story.headlines, words):
        return True
    old, new = story.changed
    more = times_in(new, words) - times_in(old, words)
    return (more > 0 and "added" in places) or (more < 0 and "removed" in places)


def times_in(text: str, words: str) -> int:
    """How often a text has these words, whole where their script has spaces between words; with a
    * at the end, words that begin so."""
    is_whole = not words.endswith("*")
    words = words.rstrip("*")
    count, place = 0, text.find(words)
    while place >= 0:
        end = place + len(words)
        count += not (
            (_LETTER.match(words) and _LETTER.match(text[place - 1 : place]))
            or (is_whole and _LETTER.match(words[-1]) and _GOES_ON.match(text, end))
        )
        place = text.find(words, end)
    return count
