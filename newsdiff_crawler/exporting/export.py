"""An export: one file, a file for each month, or a stream; and its manifest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from newsdiff_crawler.exporting.formats import FORMATS
from newsdiff_crawler.exporting.manifest import ExportedFile, Manifest
from newsdiff_crawler.exporting.whole_files import Sink, is_stream, whole_file
from newsdiff_crawler.store.reading.exports import ExportedVersion, ExportQuery, Exports

Told = Callable[[int], None]
_OF_A_MONTH = re.compile(rf"\d{{4}}-\d\d\.(?:{'|'.join(FORMATS)})")


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
            self._write(Sink(stream), "", self.query)
        stream.flush()

    def to_file(self, path: Path) -> None:
        """With a manifest beside it: its name and ``.manifest.json``; not beside a device."""
        with self.exports.snapshot():
            file = self._write_file(path, self.query)
        if is_stream(path):
            return
        name = f"{path.name}.manifest.json"
        self._add_manifest(path.with_name(name), [file], file.articles)

    def to_folder(self, folder: Path) -> None:
        """A file for each month, as ``2026-11.csv``, and ``manifest.json``. Other files of months
        go: they are of an export before, and may have what was taken down since."""
        folder.mkdir(parents=True, exist_ok=True)
        with self.exports.snapshot():
            files = [
                self._write_file(folder / f"{month}.{self.form}", self._in(month))
                for month in self.exports.months(self.query)
            ]
            articles = self.exports.count_articles(self.query)
        self._add_manifest(folder / "manifest.json", files, articles)
        written = {file.name for file in files}
        for path in sorted(folder.iterdir()):
            if _OF_A_MONTH.fullmatch(path.name) and path.name not in written:
                path.unlink()

    def _in(self, month: str) -> ExportQuery:
        """What is wanted of a month."""
        since = max(self.query.since, month)
        return replace(self.query, since=since, until=min(self.query.until or "~", f"{month}~"))

    def _write_file(self, path: Path, query: ExportQuery) -> ExportedFile:
        with whole_file(path) as sink:
            return self._write(sink, path.name, query)

    def _write(self, sink: Sink, name: str, query: ExportQuery) -> ExportedFile:
        written = FORMATS[self.form](sink, self.anonymous)
        counts = _Counts()
        for version in counts.of(self.exports.versions(query), self.told):
            written.write(version)
        written.end()
        return ExportedFile(
            name, sink.size, sink.sha256, counts.articles, counts.versions, counts.changes
        )

    def _add_manifest(self, path: Path, files: list[ExportedFile], articles: int) -> None:
        manifest = Manifest(self.form, self.query, self.anonymous, files, articles)
        with whole_file(path) as sink:
            sink.write(manifest.text().encode())


class _Counts:
    """Counts versions that pass by, in the order of their articles."""

    _TELLING = 500  # versions from one word of progress to the next

    def __init__(self) -> None:
        self.articles = self.versions = self.changes = 0

    def of(self, versions: Iterable[ExportedVersion], told: Told) -> Iterable[ExportedVersion]:
        article = 0
        for version in versions:
            yield version
            self.articles += version.article_id != article
            article = version.article_id
            self.versions += 1
            self.changes += version.from_version is not None
            if self.versions % self._TELLING == 0:
                told(self._TELLING)
        told(self.versions % self._TELLING)
