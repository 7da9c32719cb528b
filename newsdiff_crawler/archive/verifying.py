"""Whether the record and the archive are what they were when they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdiff_crawler.archive.archive import Archive, ArchiveError, ElsewhereError
from newsdiff_crawler.archive.members import Member, walk
from newsdiff_crawler.evidence import text_hash, version_hash
from newsdiff_crawler.items import Snapshot
from newsdiff_crawler.regular_files import open_file
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.evidence import (
    ChainedArticle,
    ChainedVersion,
    chained,
    other_pages,
    pages_by_file,
    places_in,
    without_article,
)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was. ``where``: a URL, or a file of the archive. ``is_fault``:
    False where there is an innocent reason, which it names."""

    where: str
    what: str
    is_fault: bool = True


def missing_articles(db: Database) -> Iterator[Finding]:
    """Articles of which only versions or pages are left."""
    for id_, url in without_article(db):
        yield Finding(url or f"article {id_}", "the article is missing; versions or pages are left")


def pages_elsewhere(db: Database, archive: Archive, source: str = "") -> Counter[str]:
    """How many pages of a source, or of all, are in the archives of other machines, which are not
    here: all of these machines. `faults_of_article` passes over these pages."""
    pages: Counter[str] = Counter()
    for file, count in pages_by_file(db, source):
        if machine := archive.files.elsewhere(file):
            pages[machine] += count
    return pages


def faults_of_article(db: Database, archive: Archive, article: ChainedArticle) -> Iterator[Finding]:
    """What is wrong with the versions of an article and with its pages."""
    try:
        yield from _faults_of_article(db, archive, article)
    except (TypeError, ValueError, AttributeError) as error:
        yield Finding(article.url, f"something else was written into its rows: {error}")


def _faults_of_article(
    db: Database, archive: Archive, article: ChainedArticle
) -> Iterator[Finding]:
    versions = chained(db, article.id)
    if article.is_erased:
        yield from _faults_of_erased(article, versions)
        return
    for what in _faults_of_list(article, versions):
        yield Finding(article.url, what)
    is_linked = any(version.version_hash for version in versions)
    others = other_pages(db, article.id)
    pages = [*(version.snapshot for version in versions if version.snapshot), *others]
    kept = {page.record_id for page in pages if not page.same_as}
    before: ChainedVersion | None = None
    for version in versions:
        is_next = version.number == (before.number if before else 0) + 1
        faults = [*_altered(version, before, is_next)] if is_linked else []
        for what in (*faults, *_faults_of_page(version, archive, kept)):
            yield Finding(article.url, f"version {version.number}: {what}")
        before = version
    for page in others:
        for what in _unreadable(page, archive, kept):
            yield Finding(article.url, f"a page that was refused, of {page.at}: {what}")


def _missing(article: ChainedArticle, versions: Sequence[ChainedVersion]) -> Iterator[str]:
    there = {version.number for version in versions}
    for number in range(1, max([article.version_count, *there]) + 1):
        if number not in there:
            yield f"version {number} is missing"


def _faults_of_list(article: ChainedArticle, versions: Sequence[ChainedVersion]) -> Iterator[str]:
    yield from _missing(article, versions)
    if not article.is_found:
        yield "this address is none that led to it"
    if versions and article.title not in {version.said.title for version in versions}:
        yield "the title that lists show is that of none of its versions"
    if versions and article.published_at not in {each.said.published_at for each in versions}:
        yield "when it was published is what none of its versions says"


def _faults_of_page(version: ChainedVersion, archive: Archive, kept: set[str]) -> Iterator[str]:
    page = version.snapshot
    if page is None:
        return
    yield from _unreadable(page, archive, kept)
    if version.version_hash is not None and page.at != version.said.fetched_at:
        yield f"its time was altered: its page came at {page.at}"


def _unreadable(page: Snapshot, archive: Archive, kept: set[str]) -> Iterator[str]:
    try:
        archive.read(page)
    except ElsewhereError:
        pass
    except ArchiveError as error:
        yield f"its page in {page.file} at {page.offset}: {error}"
    if page.same_as and page.same_as not in kept:
        yield f"its page in {page.file} at {page.offset}: the one that it repeats is missing"


def _faults_of_erased(
    article: ChainedArticle, versions: Sequence[ChainedVersion]
) -> Iterator[Finding]:
    """Of what was erased, only that it hangs together can be known, and that it is gone."""
    for what in _missing(article, versions):
        yield Finding(article.url, what)
    before: ChainedVersion | None = None
    for version in versions:
        if version.blocks or version.snapshot or version.said.title:
            what = "it is erased, and something of it is there"
            yield Finding(article.url, f"version {version.number}: {what}")
        is_next = version.number == (before.number if before else 0) + 1
        for what in _unlinked(version, before) if version.version_hash and is_next else ():
            yield Finding(article.url, f"version {version.number}: {what}")
        before = version


def _unlinked(version: ChainedVersion, before: ChainedVersion | None) -> Iterator[str]:
    if version.previous_hash != (before.version_hash if before else None):
        yield "the version before it is another one than it was"


def _altered(
    version: ChainedVersion, before: ChainedVersion | None, is_next: bool
) -> Iterator[str]:
    if version.version_hash is None:
        yield "its hash is missing"
        return
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


def faults_of_file(db: Database, archive: Archive, name: str) -> Iterator[Finding]:
    """What is wrong with how a file of the archive hangs together, and with what is in it that
    the record does not lead to."""
    known = places_in(db, name)
    until = 0
    try:
        with open_file(archive.files.path(name)) as file:
            for member in walk(file):
                if member.fault:
                    yield Finding(name, f"from {member.offset} on: {member.fault}")
                elif member.offset in known:
                    until = member.offset + known[member.offset]
                elif member.offset >= until:
                    yield from _unclaimed(archive, name, member)
    except OSError as error:
        yield Finding(name, f"it cannot be read: {error.strerror}")


def _unclaimed(archive: Archive, name: str, member: Member) -> Iterator[Finding]:
    try:
        record = archive.read_at(name, member.offset)
    except ArchiveError as error:
        yield Finding(name, f"at {member.offset}: {error}")
        return
    if record.type not in ("request", "warcinfo"):  # the latter is in the place of what was erased
        page = f"this page of {record.at}, {record.url}"
        what = f"the record does not lead to {page} (a crawl that was killed leaves such a page)"
        yield Finding(name, f"at {member.offset}: {what}", is_fault=False)
