"""What the demo's watch would tell: its notices, as they would go out."""

from __future__ import annotations

from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.tables import written
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.previewing import previews
from newsdiff_crawler.telling.watches import Watch

NAME, MOST = "silent", 2
_STATED = {"labels": ["altered", "meaning"], "channels": ["desk"]}
WATCH = written(f"watch.{NAME}", _STATED)


def notices(records: Records, site: str) -> list[Message]:
    """The latest ones. ``site``: the address of the reading site, empty where it is closed."""
    titles = {paper.name: paper.title for paper in PAPERS}
    watch = Watch.model_validate(_STATED)
    return [*previews(records, NAME, watch, MOST, titles, site)]
