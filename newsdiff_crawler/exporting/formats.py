"""The forms in which versions are written: JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from newsdiff_crawler.exporting.rows import columns, row_of
from newsdiff_crawler.exporting.whole_files import Sink
from newsdiff_crawler.store.reading.exports import ExportedVersion

if TYPE_CHECKING:
    import pyarrow

# Rows of Parquet that become arrays at once, and of a group. A group is in memory, 10 kB a row; so
# is what the file's index says of each group, 150 kB, to the end.
AT_ONCE = 250
GROUP = 2500
# What a spreadsheet takes for the beginning of a formula, and the sign that stands before it then.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = "'"


class Format(ABC):
    """A file of versions, written one after the other into a sink; ``anonymous``: without texts."""

    suffix: ClassVar[str]

    def __init__(self, sink: Sink, anonymous: bool) -> None:
        self._sink = sink
        self._anonymous = anonymous

    @abstractmethod
    def write(self, version: ExportedVersion) -> None:
        """Raises OSError."""

    def end(self) -> None:  # noqa: B027 - most have nothing to do
        """After the last version. Raises OSError."""


class JSONLines(Format):
    """An object a line, UTF-8."""

    suffix = "jsonl"

    def write(self, version: ExportedVersion) -> None:
        row = row_of(version, self._anonymous)
        self._sink.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


class CSV(Format):
    """RFC 4180 with a line of names; lists are JSON. Whatever a spreadsheet could take for a
    formula has an apostrophe before it, and so has what begins with one."""

    suffix = "csv"

    def __init__(self, sink: Sink, anonymous: bool) -> None:
        super().__init__(sink, anonymous)
        self._lines = io.StringIO()
        self._writer = csv.writer(self._lines, quoting=csv.QUOTE_NONNUMERIC)
        self._write(list(columns(anonymous)))

    def write(self, version: ExportedVersion) -> None:
        self._write([_cell(value) for value in row_of(version, self._anonymous).values()])

    def _write(self, cells: list[Any]) -> None:
        self._writer.writerow(cells)
        self._sink.write(self._lines.getvalue().encode())
        self._lines.seek(0)
        self._lines.truncate()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return orjson.dumps(value).decode()
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_FORMULA):
        return _MARK + value
    return value


class Parquet(Format):
    """Compressed with zstd, in groups of `GROUP` rows. Needs pyarrow."""

    suffix = "parquet"

    def __init__(self, sink: Sink, anonymous: bool) -> None:
        import pyarrow
        from pyarrow import parquet

        super().__init__(sink, anonymous)
        self._schema = _schema(pyarrow, anonymous)
        self._arrow = pyarrow
        pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # its own keeps 40 MB more
        few = [name for name in self._schema.names if name not in _LONG]
        self._writer = parquet.ParquetWriter(
            sink, self._schema, compression="zstd", use_dictionary=few, write_statistics=few
        )
        self._rows: list[dict[str, Any]] = []
        self._group: list[pyarrow.Table] = []

    def write(self, version: ExportedVersion) -> None:
        self._rows.append(row_of(version, self._anonymous))
        if len(self._rows) == AT_ONCE:
            self._gather()
        if len(self._group) * AT_ONCE == GROUP:
            self._flush()

    def end(self) -> None:
        self._gather()
        self._flush()
        self._writer.close()

    def _gather(self) -> None:
        self._group.append(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.concat_tables(self._group))
        self._group.clear()
        self._arrow.default_memory_pool().release_unused()  # 25 MB to the end


_NUMBERS = frozenset(("article_id", "version", "words", "from_version", "reverts_to"))
_FLAGS = frozenset(("is_placeholder", "is_captured", "title_changed"))
# Of these each value is another one: no dictionary, no smallest and largest.
_LONG = frozenset(("title", "from_title", "summary", "edits", "text_before", "text", "url"))
_LISTS = frozenset(("authors", "labels"))


def _schema(arrow: Any, anonymous: bool) -> pyarrow.Schema:
    texts = () if anonymous else ("before", "after")
    edits = arrow.list_(arrow.struct([(name, arrow.string()) for name in ("edit", "kind", *texts)]))

    def type_of(name: str) -> Any:
        if name == "edits":
            return edits
        if name in _FLAGS:
            return arrow.bool_()
        if name in _NUMBERS or name.startswith(("words_", "blocks_")):
            return arrow.int64()
        return arrow.list_(arrow.string()) if name in _LISTS else arrow.string()

    return arrow.schema([(name, type_of(name)) for name in columns(anonymous)])


FORMATS: dict[str, type[Format]] = {each.suffix: each for each in (JSONLines, CSV, Parquet)}
