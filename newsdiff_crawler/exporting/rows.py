"""What an export has of each version: the columns, what they mean, and which hold texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsdiff_crawler.store.reading.exports import ExportedVersion

COLUMNS = {
    "source": "name of the source",
    "article_id": "the article's, in the record",
    "url": "the article's, canonical",
    "version": "its number, from 1",
    "fetched_at": "when we read it",
    "first_seen_at": "when the article was first seen in a feed",
    "published_at": "as the page states it; null: it does not",
    "modified_at": "as the page states it; null: it does not",
    "title": "headline",
    "authors": "names",
    "parser": "which parser read it",
    "words": "of the whole text",
    "content_hash": "of the whole text",
    "minor": "why the change does not count: cosmetic, reverted, page, held, parser; null: it does",
    "is_placeholder": "a page stood in the story's place; nothing is compared with it",
    "is_captured": "the Internet Archive read it, before we knew the article",
    "from_version": "number of the version that it is compared with; null: none was before it",
    "from_fetched_at": "when we read that",
    "from_title": "the headline of that",
    "labels": "what kind of change it is",
    "summary": "the change in one line of English",
    "words_added": "words",
    "words_removed": "words",
    "blocks_added": "paragraphs and the like",
    "blocks_removed": "paragraphs and the like",
    "blocks_edited": "paragraphs and the like",
    "blocks_moved": "paragraphs and the like",
    "title_changed": "whether the headline is another one",
    "reverts_to": "number of the earlier version whose text came back",
    "edits": "blocks that differ: edit (added, removed, edited), kind, before, after",
    "text_before": "the text of the version that it is compared with",
    "text": "all blocks from the headline on, an empty line between them",
}
# What a publisher wrote, or what is told in his words.
TEXTS = frozenset(
    ("title", "authors", "from_title", "summary", "text_before", "text", "before", "after")
)


def row_of(version: ExportedVersion, anonymous: bool) -> dict[str, Any]:
    """A version by its columns; ``anonymous``: without those that hold texts."""
    row = version._asdict()
    if anonymous:
        row["edits"] = [_without_texts(edit) for edit in version.edits]
        return _without_texts(row)
    return row


def columns(anonymous: bool) -> dict[str, str]:
    """The columns of an export, with their meanings."""
    return _without_texts(COLUMNS) if anonymous else COLUMNS


def _without_texts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in TEXTS}
