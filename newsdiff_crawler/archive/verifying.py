"""Whether the record and the archive are what they were when they were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.archive.members import walk
from newsdiff_crawler.evidence import text_hash, version_hash
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.evidence import ChainedArticle, ChainedVersion, chained


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was. ``where``: a URL, or a file of the archive."""

    where: str
    what: str


def faults_of_article(db: Database, archive: Archive, article: ChainedArticle) -> Iterator[Finding]:
    """What is wrong with the versions of an article and their pages."""
    versions = chained(db, article.id)
    there = {version.number for version in versions}
    for number in range(1, max([article.version_count, *there]) + 1):
        if number not in there:
            yield Finding(article.url, f"version {number} is missing")
    before: ChainedVersion | None = None
    for version in versions:
        is_next = version.number == (before.number if before else 0) + 1
        faults = _faults_of_erased if article.is_erased else _faults
        for what in faults(version, before, archive, is_next):
            yield Finding(article.url, f"version {version.number}: {what}")
        before = version


def _faults(
    version: ChainedVersion, before: ChainedVersion | None, archive: Archive, is_next: bool
) -> Iterator[str]:
    if version.version_hash is not None:
        yield from _altered(version, before, is_next)
    if version.snapshot:
        try:
            record = archive.read(version.snapshot)
        except ArchiveError as error:
            yield f"its page in {version.snapshot.file} at {version.snapshot.offset}: {error}"
            return
        if version.version_hash is not None and record.at != version.said.fetched_at:
            yield f"its time was altered: its page came at {record.at}"


def _faults_of_erased(
    version: ChainedVersion, before: ChainedVersion | None, _archive: Archive, is_next: bool
) -> Iterator[str]:
    """Of what was erased, only that it hangs together can be known, and that it is gone."""
    if version.blocks or version.snapshot or version.said.title:
        yield "it is erased, and something of it is there"
    if version.version_hash is not None and is_next:
        yield from _unlinked(version, before)


def _unlinked(version: ChainedVersion, before: ChainedVersion | None) -> Iterator[str]:
    if version.previous_hash != (before.version_hash if before else None):
        yield "the version before it is another one than it was"


def _altered(
    version: ChainedVersion, before: ChainedVersion | None, is_next: bool
) -> Iterator[str]:
    text = text_hash(version.blocks)
    if version.lacks or text != version.text_hash:
        yield "a passage was altered"
        return
    headlines = [block.text for block in version.blocks if block.kind == "headline"]
    if headlines and headlines[0] != version.said.title:
        yield "its title was altered"
    elif version.version_hash != version_hash(
        version.previous_hash, version.response, text, version.said
    ):
        yield "its time, address, authors, dates or page were altered"
    if is_next:
        yield from _unlinked(version, before)


def faults_of_file(archive: Archive, name: str) -> Iterator[Finding]:
    """What is wrong with how a file of the archive hangs together."""
    try:
        with archive.files.path(name).open("rb") as file:
            for member in walk(file):
                if member.fault:
                    yield Finding(name, f"from {member.offset} on: {member.fault}")
    except OSError as error:
        yield Finding(name, f"it cannot be read: {error.strerror}")
