"""Exports that are made anew, since something of the record is not to be in them any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsdiff_crawler.exporting.export import Export
from newsdiff_crawler.exporting.manifest import MADE_BY
from newsdiff_crawler.regular_files import read_file
from newsdiff_crawler.store.reading.exports import ExportQuery, Exports

_BESIDE = ".manifest.json"
_OF_FOLDER = "manifest.json"


def export_anew(folder: Path, exports: Exports) -> list[Path]:
    """Makes all exports below a folder anew, each as its manifest says that it was made. Which
    manifests there are. Raises OSError."""
    found = list(_manifests(folder))
    for path, manifest in found:
        query = ExportQuery(
            manifest["source"] or "", manifest["from"] or "", manifest["before"] or ""
        )
        anonymous = not manifest["has_texts"]
        export = Export(exports, query, manifest["format"], anonymous, lambda _: None)
        if path.name == _OF_FOLDER:
            export.to_folder(path.parent)
        else:
            export.to_file(path.with_name(path.name.removesuffix(_BESIDE)))
    return [path for path, _ in found]


def files_of(path: Path) -> list[Path]:
    """A manifest and the files that it tells of."""
    manifest = _read(path) or {"files": []}
    return [path, *(path.with_name(file["name"]) for file in manifest["files"])]


def _manifests(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob(f"*{_OF_FOLDER}")):
        manifest = _read(path) if path.is_file() else None
        if manifest:
            yield path, manifest


def _read(path: Path) -> dict[str, Any] | None:
    """A manifest of ours; None where it is another program's."""
    try:
        manifest: dict[str, Any] = json.loads(read_file(path))
        return manifest if str(manifest["made_by"]).startswith(MADE_BY) else None
    except (ValueError, TypeError, KeyError):
        return None
