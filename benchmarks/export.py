"""What `scrapy export` of a large record takes: each format, a process of its own, into a file.

The record is that of `site`: a million versions of 3.3 kB, each told with its text and the one
before. The floor is a process that reads the same rows and writes nothing. Versions a second of
processor time, the system's included, and of the clock, which waits for the disk; the most memory
that the process had, start-up and all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import machine, tables
from benchmarks.site import parser_of, record
from newsdiff_crawler.store.reading.exports import ExportQuery
from newsdiff_crawler.store.reading.records import Records

FORMATS = ("jsonl", "csv", "parquet")
FASTEST = 20_000  # versions a second that JSON lines are to reach
MOST_MEMORY = 300  # MB
LARGE = 100_000  # versions: of fewer the start of the process is most of it
_FLOOR = """
import sys
from pathlib import Path
from newsdiff_crawler.store.reading.exports import ExportQuery
from newsdiff_crawler.store.reading.records import Records
with Records.open(Path(sys.argv[1])) as records, records.exports.snapshot():
    for _ in records.exports.versions(ExportQuery()):
        pass
"""


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds of the processor and of the clock, and MB."""

    processor: float
    clock: float
    memory: float


def cost(command: list[str], folder: Path) -> Cost:
    """Of a process over the record in a folder. Raises CalledProcessError."""
    environment = os.environ | {"NEWSDIFF_DATA": str(folder)}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=machine.ROOT, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    clock = time.perf_counter() - begun
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024)


def row(name: str, versions: int, size: int, cost: Cost) -> str:
    """A line of the table, which says where a bound is broken."""
    speed = versions / cost.processor
    is_slow = name == "jsonl" and versions > LARGE and speed < FASTEST
    broken = is_slow or cost.memory > MOST_MEMORY
    cells = (f"{speed:,.0f}", f"{versions / cost.clock:,.0f}", f"{cost.memory:.0f}")
    bytes_each = f"{size / versions:,.0f}" if size else ""
    return tables.row((name, *cells, bytes_each, "over" if broken else ""))


def main() -> None:
    given = parser_of(__doc__).parse_args()
    folder = given.folder or record(given.articles)
    with Records.open(folder) as records:
        versions = records.exports.count(ExportQuery())
    columns = ("format", "versions / s, processor", "clock", "MB", "bytes a version", "")
    print(*tables.head(columns), sep="\n", flush=True)
    floor = cost([sys.executable, "-c", _FLOOR, str(folder)], folder)
    lines = [row("the floor", versions, 0, floor)]
    print(lines[0], flush=True)
    with TemporaryDirectory(dir=machine.cache()) as place:
        for name in FORMATS:
            out = Path(place) / f"all.{name}"
            export = [sys.executable, "-m", "scrapy", "export", "--format", name, "-o", str(out)]
            used = cost(export, folder)
            lines.append(row(name, versions, out.stat().st_size, used))
            print(lines[-1], flush=True)
            out.unlink()
    bounds = f"JSON lines: at least {FASTEST:,} by the processor; memory: at most {MOST_MEMORY} MB"
    print(f"\n{versions:,} versions. {bounds}.")
    sys.exit(machine.OVER_BOUND if any("| over |" in line for line in lines) else 0)


if __name__ == "__main__":
    main()
