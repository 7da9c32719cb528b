"""What a watch would tell of the changes in the record, without telling it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from newsdiff_crawler.store.reading.changes import ChangeFilter
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.telling.composing import Composer
from newsdiff_crawler.telling.matching import ChangedStory, matching
from newsdiff_crawler.telling.message import Message, Told
from newsdiff_crawler.telling.watches import Watch
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.urls import spellings

LOOKED_AT = 1000  # the latest changes


def previews(
    records: Records, name: str, watch: Watch, most: int, titles: Mapping[str, str], site: str
) -> Iterator[Message]:
    """The latest changes that a watch is for, as messages."""
    composer = Composer(records, titles, site)
    for told in islice(_told(records, composer, name, watch), most):
        yield Message("", name, told.change.to_at, told.headline, [told], total=1, site=site)


def _told(records: Records, composer: Composer, name: str, watch: Watch) -> Iterator[Told]:
    article = records.find(spellings(watch.article)) if watch.article else None
    for change in records.changes.latest(ChangeFilter(), limit=LOOKED_AT):
        if watch.article and change.article_id != article:
            continue
        before, after = records.differing(change.article_id, change.from_version, change.to_version)
        story = ChangedStory(change.source, change.url, change.labels, before, after)
        if any(matching({name: watch}, story)):
            yield composer.told(change)


def trial(name: str, now: datetime) -> Message:
    """A message that tries the channels of a watch."""
    return Message(
        uuid.uuid4().hex,
        name,
        to_iso(now),
        f"newsdiff: a test of the watch {name}",
        text=f"This is a test of the watch {name}. Changes that it is for will come here.",
    )
