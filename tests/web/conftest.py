"""The site over a record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(tmp_path / DATABASE_NAME, {"paper": "The Paper"})
    with TestClient(app) as opened:
        yield opened
