"""A record in a folder of its own, open for writing and for reading."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from newsdiff_crawler.configuration import PREFIX
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.reading.records import Records
from tests.support.left_out import left_out

# What the shell sets for real crawls holds for no test.
for _name in [name for name in os.environ if name.startswith(PREFIX)]:
    del os.environ[_name]

# Nor does this: a process that finds nothing compiled takes a fifth of a second more to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many a test waits for a crawl or a server."""
    return (os.cpu_count() or 1) + 1


# What starts crawls, servers or browsers, or reads a whole corpus: four fifths of the suite's time.
# `-m "not slow"` leaves them out, with single tests that carry the mark where they stand.
SLOW = (
    "commands/test_extract.py",
    "commands/test_following.py",
    "commands/test_probe.py",
    "commands/test_reading.py",
    "crawling/test_pipelines.py",
    "crawling/test_sources_file.py",
    "demo/test_demo.py",
    "end_to_end/",
    "spiders/test_sources_corpus.py",
    "store/engine/test_connection.py",
    "support/test_newsroom.py",
    "traps/",
    "web/test_accessibility.py",
    "web/test_api_schema.py",
    "web/test_browser.py",
    "web/test_hostile.py",
    "web/test_html.py",
)

# No timing decides a test. The rest is as hypothesis has it, which is not random in CI.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the slow tests by where they stand, and puts them first: at the end, where one
    process may be at work alone, are files of a second."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(SLOW):
            item.add_marker("slow")
    slow_files = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow_files)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out, a line for each reason."""
    skipped = terminalreporter.stats.get("skipped", [])
    for line in left_out(report.longrepr[-1] for report in skipped):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that no step is to be applied to: to make one takes twenty times as long as to open
    it."""
    folder = tmp_path_factory.mktemp("empty")
    open_database(folder).close()
    return folder / DATABASE_NAME


@pytest.fixture
def store(tmp_path: Path, empty_record: Path) -> Iterator[Store]:
    shutil.copy(empty_record, tmp_path)
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def records(store: Store, tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path) as opened:
        yield opened
