"""An export: one file, a file for each month, or a stream; and its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from newsdiff_crawler.exporting.formats import FORMATS
from newsdiff_crawler.exporting.manifest import ExportedFile, Manifest
from newsdiff_crawler.exporting.whole_files import Sink, whole_file
from newsdiff_crawler.store.reading.exports import ExportedVersion, ExportQuery, Exports

Told = Callable[[int], None]


@dataclass(frozen=True)
class Export:
    """What is exported, and in which form. ``told``: called with how many versions more were
    written, now and then. All that is read is of one moment. Methods that write raise OSError."""

    exports: Exports
    query: ExportQuery
    form: str
    anonymous: bool
    told: Told

    def to_stream(self, stream: BinaryIO) -> None:
        """Without a manifest."""
        with self.exports.snapshot():
            self._write(Sink(stream), "", self.query, set())
        stream.flush()

    def to_file(self, path: Path) -> None:
        """With a manifest beside it: its name and ``.manifest.json``."""
        articles: set[int] = set()
        with self.exports.snapshot():
            file = self._write_file(path, self.query, articles)
        self._add_manifest(path.with_name(f"{path.name}.manifest.json"), [file], articles)

    def to_folder(self, folder: Path) -> None:
        """A file for each month, as ``2026-11.csv``, and ``manifest.json``."""
        folder.mkdir(parents=True, exist_ok=True)
        articles: set[int] = set()
        with self.exports.snapshot():
            files = [
                self._write_file(folder / f"{month}.{self.form}", self._in(month), articles)
                for month in self.exports.months(self.query)
            ]
        self._add_manifest(folder / "manifest.json", files, articles)

    def _in(self, month: str) -> ExportQuery:
        """What is wanted of a month."""
        since = max(self.query.since, month)
        return replace(self.query, since=since, until=min(self.query.until or "~", f"{month}~"))

    def _write_file(self, path: Path, query: ExportQuery, articles: set[int]) -> ExportedFile:
        with whole_file(path) as sink:
            return self._write(sink, path.name, query, articles)

    def _write(self, sink: Sink, name: str, query: ExportQuery, articles: set[int]) -> ExportedFile:
        """``articles``: those of all files; those of this one are added."""
        written = FORMATS[self.form](sink, self.anonymous)
        counts = _Counts()
        for version in counts.of(self.exports.versions(query), self.told):
            written.write(version)
        written.end()
        articles |= counts.articles
        return ExportedFile(
            name, sink.size, sink.sha256, len(counts.articles), counts.versions, counts.changes
        )

    def _add_manifest(self, path: Path, files: list[ExportedFile], articles: set[int]) -> None:
        manifest = Manifest(self.form, self.query, self.anonymous, files, len(articles))
        with whole_file(path) as sink:
            sink.write(manifest.text().encode())


class _Counts:
    """Counts versions that pass by."""

    _TELLING = 500  # versions from one word of progress to the next

    def __init__(self) -> None:
        self.articles: set[int] = set()
        self.versions = self.changes = 0

    def of(self, versions: Iterable[ExportedVersion], told: Told) -> Iterable[ExportedVersion]:
        for version in versions:
            yield version
            self.articles.add(version.article_id)
            self.versions += 1
            self.changes += version.from_version is not None
            if self.versions % self._TELLING == 0:
                told(self._TELLING)
        told(self.versions % self._TELLING)
