"""A record in a folder of its own, open for writing and for reading."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from newsdiff_crawler.configuration import PREFIX
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records

# What the shell sets for real crawls holds for no test.
for _name in [name for name in os.environ if name.startswith(PREFIX)]:
    del os.environ[_name]

# No timing decides a test. The rest is as hypothesis has it, which is not random in CI.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def records(store: Store, tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path / DATABASE_NAME) as opened:
        yield opened
