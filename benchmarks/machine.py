"""What every benchmark needs of the machine: where data is, one processor, and its description."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
CORPUS, REVISIONS, WCXB = SHARED / "corpus", SHARED / "revisions", SHARED / "wcxb"
NOT_RUN = 77  # exit status, as test drivers have it for what was skipped
OVER_BOUND = 78  # exit status where a figure is more than it may be


def not_run(why: str) -> NoReturn:
    """Ends the benchmark in one line: ``why`` names what is missing."""
    print(f"Not run: {why}")
    sys.exit(NOT_RUN)


def need_file(file: Path) -> None:
    """Ends the benchmark where its data, a file or a folder, is not there, or nothing is in it."""
    if not file.exists():
        why = ", which holds publishers' texts and cannot be given away"
        not_run(f"no {shown(file)}{why if file.is_relative_to(SHARED) else ''}")
    if not (any(file.iterdir()) if file.is_dir() else file.stat().st_size):
        not_run(f"nothing in {shown(file)}")


def cache() -> Path:
    """The folder of what is made once and kept: environments, records. It is there then."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = caches / "newsdiff-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shown(path: Path) -> str:
    """A path as a reader of any machine knows it, from the project's folder."""
    return os.path.relpath(path, ROOT)


@contextmanager
def one_processor() -> Iterator[None]:
    """This process and those that it starts run on one processor, where the system lets them."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def description() -> str:
    """Processor, memory, system and Python, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
