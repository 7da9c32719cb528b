"""Which watches a change is for. Pure, and cheap: it is asked inside of the transaction that stores
a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsdiff_crawler.items import Block
from newsdiff_crawler.telling.watches import Place, Watch
from newsdiff_crawler.telling.words import looked_for, spread
from newsdiff_crawler.urls import section_of


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
        """The older and the newer one, as words."""
        both = (*self.before, *self.after)
        return _lines(each.text for each in both if each.kind == "headline")

    @cached_property
    def changed(self) -> tuple[str, str]:
        """What the blocks say that only the older, and only the newer text has, as words."""
        before = {block.text: None for block in self.before}
        after = {block.text: None for block in self.after}
        old = _lines(text for text in before if text not in after)
        return old, _lines(text for text in after if text not in before)

    @cached_property
    def whole(self) -> str:
        """All of these texts: what most words are not in, which is seen at once."""
        return "\n".join((self.headlines, *self.changed))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(map(spread, texts))


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
    places, whole = watch.words_in, story.whole
    found = [words for words in map(looked_for, watch.words) if words in whole]
    if not any(_is_told_of(words, places, story) for words in found):
        return False
    if not watch.every_word:
        return True
    return len(found) == len(watch.words) and all(_is_said(w, places, story) for w in found)


def _is_told_of(words: str, places: Sequence[Place], story: ChangedStory) -> bool:
    """A word was added where the newer text has it more often, and so the other way round."""
    if "headline" in places and words in story.headlines:
        return True
    old, new = story.changed
    more = new.count(words) - old.count(words)
    return (more > 0 and "added" in places) or (more < 0 and "removed" in places)


def _is_said(words: str, places: Sequence[Place], story: ChangedStory) -> bool:
    """Whether it stands where it is looked for, new or not."""
    old, new = story.changed
    texts = {"headline": story.headlines, "added": new, "removed": old}
    return any(words in texts[place] for place in places)
