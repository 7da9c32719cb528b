"""What a bundle states of its versions: ``proof/evidence.json``."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from newsdiff_crawler.evidence import Said, text_hash, version_hash
from newsdiff_crawler.items import Block

LARGEST_EVIDENCE = 8_000_000  # bytes
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MerklePath(_Strict):
    """How a version hash leads to a root, after RFC 6962: its place among ``size``, and the nodes
    beside its way, from below."""

    root: int = Field(ge=1)
    index: int = Field(ge=0)
    size: int = Field(ge=1)
    nodes: list[_Hash] = Field(max_length=64)


class Version(_Strict):
    """A version, with all that its hash is over. ``response``: SHA-256 of the page's body; null:
    no page was kept. ``has_page``: whether it is in the bundle. ``path``: null: no root knows it
    yet."""

    number: int = Field(ge=1)
    url: str | None
    fetched_at: str
    last_seen_at: str
    title: str
    authors: str
    published_at: str | None
    modified_at: str | None
    blocks: list[list[str]]
    response: _Hash | None
    previous_hash: _Hash | None
    text_hash: _Hash
    version_hash: _Hash
    has_page: bool
    path: MerklePath | None

    def texts(self) -> list[Block]:
        """Its blocks, in reading order."""
        return [Block(kind, text) for kind, text in self.blocks]  # type: ignore[arg-type]

    def faults(self) -> list[str]:
        """What does not fit together."""
        if any(len(block) != 2 for block in self.blocks):
            return ["its text is none"]
        if text_hash(self.texts()) != self.text_hash:
            return ["its text is not the one that its hash is of"]
        said = Said(
            self.url,
            self.fetched_at,
            self.title,
            self.authors,
            self.published_at,
            self.modified_at,
        )
        whole = version_hash(self.previous_hash, self.response, self.text_hash, said)
        return [] if whole == self.version_hash else ["its hash is not that of what it says"]


class Evidence(_Strict):
    """One version, or the two sides of a change. ``title``: the source's."""

    url: str
    source: str
    title: str
    made_at: str
    software: str
    versions: list[Version] = Field(min_length=1, max_length=2)
