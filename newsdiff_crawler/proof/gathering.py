"""What a bundle is made of, from the record and its archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from newsdiff_crawler import __version__
from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.items import Snapshot
from newsdiff_crawler.proof.bundle import as_json, bundle_of
from newsdiff_crawler.proof.evidence import LARGEST_EVIDENCE, Evidence, MerklePath, Version
from newsdiff_crawler.proof.signing import Signer
from newsdiff_crawler.store.reading.evidence import ChainedVersion
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.witness.files import (
    OTS,
    STATEMENT,
    TRUSTED,
    TSR,
    BrokenFileError,
    RootFiles,
)
from newsdiff_crawler.witness.merkle import path_of

MOST_ROOTS = 1000  # between a version's and the first that is stamped
LARGEST_PAGES = 50_000_000  # bytes, compressed


class NoProofError(Exception):
    """There is nothing to prove it by; one line for people."""


class Gathering:
    """Makes bundles of versions of one record. ``signer``: None: they are not signed."""

    def __init__(self, records: Records, data: Path, signer: Signer | None) -> None:
        self._records, self._signer = records, signer
        self._archive, self._roots = Archive(data), RootFiles(data)

    def bundle(self, article: ArticleFacts, numbers: Sequence[int], now: datetime) -> bytes:
        """The bundle of one version or two. Raises NoProofError."""
        chained = [self._chained(article, number) for number in numbers]
        pages = self._pages(article, chained)
        roots: dict[str, bytes] = {}
        publisher = self._records.publishers.all().get(article.source)
        evidence = Evidence(
            url=article.url,
            source=article.source,
            title=publisher.title if publisher else article.source,
            made_at=to_iso(now),
            software=f"newsdiff_crawler {__version__}",
            versions=[self._version(article, each, roots) for each in chained],
        )
        if len(as_json(evidence.model_dump())) > LARGEST_EVIDENCE:
            raise NoProofError("its texts are too long for one file")
        return bundle_of(evidence, b"".join(map(self._copy, pages)), roots, self._signer)

    def _chained(self, article: ArticleFacts, number: int) -> ChainedVersion:
        version = self._records.proofs.version(article.id, number)
        if version is None:
            raise NoProofError(f"there is no version {number} of {article.url}")
        if version.version_hash is None or version.lacks:
            raise NoProofError(
                f"version {number} has no hash yet: it is of before there were any; "
                "`scrapy stamp` gives it one"
            )
        return version

    def _pages(self, article: ArticleFacts, versions: Sequence[ChainedVersion]) -> list[Snapshot]:
        """Those behind versions, after those whose bytes they repeat; each once."""
        pages: dict[str, Snapshot] = {}
        for page in (version.snapshot for version in versions if version.snapshot):
            original = self._records.proofs.original(article.id, page) if page.same_as else None
            for each in (original, page):
                if each:
                    pages[each.record_id] = each
        if sum(page.length for page in pages.values()) > LARGEST_PAGES:
            raise NoProofError("its pages are too large for one file")
        return list(pages.values())

    def _copy(self, page: Snapshot) -> bytes:
        try:
            self._archive.read(page)
            return self._archive.copy(page)
        except ArchiveError as error:
            raise NoProofError(f"the page of {page.at}: {error}") from error

    def _version(
        self, article: ArticleFacts, version: ChainedVersion, roots: dict[str, bytes]
    ) -> Version:
        seen = self._records.citations.of(article.id, version.number)
        assert seen
        assert version.text_hash
        assert version.version_hash
        return Version(
            number=version.number,
            url=version.said.url,
            fetched_at=version.said.fetched_at,
            last_seen_at=seen.last_seen_at,
            title=version.said.title,
            authors=version.said.authors,
            published_at=version.said.published_at,
            modified_at=version.said.modified_at,
            blocks=[[block.kind, block.text] for block in version.blocks],
            response=version.response,
            previous_hash=version.previous_hash,
            text_hash=version.text_hash,
            version_hash=version.version_hash,
            has_page=version.snapshot is not None,
            path=self._path(article, version, roots),
        )

    def _path(
        self, article: ArticleFacts, version: ChainedVersion, roots: dict[str, bytes]
    ) -> MerklePath | None:
        root = self._records.proofs.root(article.id, version.number)
        if root is None:
            return None
        if self._roots.is_elsewhere(root):
            raise NoProofError(f"root {root}: it is in the archive of the machine that made it")
        try:
            hashes = [leaf.version_hash for leaf in self._roots.leaves(root)]
            index = hashes.index(version.version_hash or "")
            nodes = path_of([bytes.fromhex(each) for each in hashes], index)
            roots |= self._files(root)
        except (BrokenFileError, ValueError) as error:
            raise NoProofError(f"root {root}: {error}") from error
        return MerklePath(
            root=root, index=index, size=len(hashes), nodes=[node.hex() for node in nodes]
        )

    def _files(self, root_id: int) -> dict[str, bytes]:
        """The statements from a root to the first one that is stamped, and its stamps."""
        files = {}
        for root in self._records.proofs.roots_to_a_stamp(root_id, MOST_ROOTS):
            for kind in (STATEMENT, TSR, OTS, TRUSTED):
                path = self._roots.path(root.id, kind)
                if kind == STATEMENT or path.exists():
                    files[path.name] = self._roots.read(root.id, kind)
        return files
