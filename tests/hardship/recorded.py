"""What the record has of the honest papers, beside what they showed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from newsdiff_crawler.times import from_iso, utc_now
from tests.hardship.press import Edit, telling

VERSIONS = """select a.url, v.number, v.content_hash, t.text from articles a
    join versions v on v.article_id = a.id
    join version_texts t on t.article_id = v.article_id and t.number = v.number
    where a.source in ('mill', 'quay', 'ferry')
    order by a.id, v.number"""
LATEST_DUE = """select min(next_check_at) from articles
    where source in ('mill', 'quay', 'ferry') and next_check_at is not null"""


def lost(folder: Path, shown: Iterable[Edit]) -> list[Edit]:
    """Edits of which no version has the text."""
    texts: dict[str, set[str]] = {}
    for url, _, _, text in _query(folder, VERSIONS):
        texts.setdefault(url, set()).add(text)
    return [edit for edit in shown if _text(edit) not in texts.get(edit.url, ())]


def faults(folder: Path, before: Sequence[tuple[object, ...]] = ()) -> list[str]:
    """What is wrong with the record: unsound, a version doubled or left out, one that was there
    ``before`` (of `versions`) and is no longer."""
    found = [f"unsound: {said}" for (said,) in _query(folder, "pragma integrity_check")]
    found = [each for each in found if each != "unsound: ok"]
    now = versions(folder)
    found += [f"gone: {each}" for each in sorted(set(before) - set(now), key=str)]
    last: dict[object, tuple[object, ...]] = {}
    for url, number, content_hash in now:
        earlier = last.get(url, (url, 0, None))
        if number != int(str(earlier[1])) + 1:
            found.append(f"left out before: {url} {number}")
        if content_hash == earlier[2]:
            found.append(f"doubled: {url} {number}")
        last[url] = (url, number, content_hash)
    return found


def versions(folder: Path) -> list[tuple[object, ...]]:
    """Each one's URL, number and content hash."""
    if not (folder / "data" / "newsdiff.db").exists():
        return []
    return [row[:3] for row in _query(folder, VERSIONS)]


def lateness(folder: Path) -> float:
    """For how many seconds the honest papers' most overdue article has been due."""
    ((due,),) = _query(folder, LATEST_DUE)
    return max(0.0, (utc_now() - from_iso(due)).total_seconds()) if due else 0.0


def _text(edit: Edit) -> str:
    told = telling(edit.url, edit.edits)
    return "\n\n".join([told.headline, *told.paragraphs])


def _query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "data" / "newsdiff.db", timeout=30)) as connection:
        return connection.execute(sql).fetchall()
