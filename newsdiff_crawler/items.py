"""What a spider yields: an article as it reads now, or a check that brought none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal[
    "headline",
    "standfirst",
    "byline",
    "paragraph",
    "subheading",
    "list_item",
    "quote",
    "caption",
]

Outcome = Literal["new", "changed", "unchanged", "gone", "blocked", "failed"]


@dataclass(frozen=True)
class Block:
    """One piece of an article's text, as the reader sees it: no markup, normalised white space."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class ChangeCounts:
    """How one version differs from the one before: words and blocks, as the diff counts them."""

    words_added: int = 0
    words_removed: int = 0
    blocks_added: int = 0
    blocks_removed: int = 0
    blocks_edited: int = 0
    blocks_moved: int = 0
    title_changed: bool = False


@dataclass
class Article:
    """One story as it read at one moment. Times are UTC, ISO 8601 with ``Z``, whole seconds."""

    title: str
    body: list[Block]
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    published_at: str | None = None
    modified_at: str | None = None
    parser: str = ""  # name of the parser version that read the page, as "bbc/2024"
    canonical_url: str | None = None  # what the page says of itself; unchecked

    # Set by the spider.
    source: str = ""
    url: str = ""
    fetched_at: str = ""
    article_id: int = 0
    moved_from: str | None = None  # the URL that was asked for, where it led to another
    body_hash: str | None = None  # of the answer's bytes
    etag: str | None = None
    last_modified: str | None = None

    # Set on the way through the pipelines.
    version: int = 0
    words: int = 0
    content_hash: str = ""
    words_hash: str = ""
    changes: ChangeCounts | None = None
    labels: list[str] = field(default_factory=list)  # what sort of thing changed: "figures", ...
    summary: str = ""  # what changed, one line of English

    def blocks(self) -> list[Block]:
        """The whole text in reading order: headline, standfirst, byline, then the body."""
        head = [
            Block("headline", self.title),
            Block("standfirst", self.standfirst),
            Block("byline", ", ".join(self.authors)),
        ]
        return [block for block in head if block.text] + self.body


@dataclass
class Check:
    """One check of an article that brought no new text, and why."""

    source: str
    url: str
    article_id: int
    outcome: Outcome
    checked_at: str
    reason: str = ""  # one line for people: "HTTP 500", "no text", "timed out after 30 s"
    unconfirmed: bool = False  # a text was read, and not believed yet
    retry_after: int | None = None  # seconds that the server asks us to wait
    not_modified: int = 0  # 304s in a row, this one included
    seen_hash: str | None = None  # of a text that is known too well to be stored once more
    body_hash: str | None = None  # of the answer's bytes
    etag: str | None = None
    last_modified: str | None = None
