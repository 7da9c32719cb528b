"""What the store promises holds on both engines. A test that says ``sqlite`` is of what only that
one has: how its queries go, its index, its older releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdiff_crawler.store.engine.opening import VARIABLE
from tests.support import postgres

HERE = Path(__file__).parent
ON_BOTH = ("writing", "merging", "reading")
ENGINES = ["sqlite", "postgres"]
# Fixtures, and what modules import to make records themselves.
MAKE_RECORDS = {"store", "records", "empty_store", "Store", "open_database", "open_record"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    of_both = metafunc.definition.path.relative_to(HERE).parts[0] in ON_BOTH
    has_record = not MAKE_RECORDS.isdisjoint((*metafunc.fixturenames, *vars(metafunc.module)))
    if of_both and has_record and not metafunc.definition.get_closest_marker("sqlite"):
        metafunc.parametrize("engine", ENGINES, indirect=True)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The one that the records of a test are on."""
    name = getattr(request, "param", "sqlite")
    if name == "sqlite":
        yield name
        return
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here (Debian: apt-get install postgresql)")
    with postgres.server().record() as url:
        monkeypatch.setenv(VARIABLE, url)
        yield name
