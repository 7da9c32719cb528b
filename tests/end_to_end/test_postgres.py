"""The same commands with the record on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.store.engine.opening import VARIABLE
from tests.support import postgres
from tests.support.crawling import bbc_routes, bbc_story, bbc_url, crawl, scrapy
from tests.support.newsroom import Newsroom

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL here")

RAIN = ["It rained for the third day in the valley.", "Twelve roads are under water."]
EDITED = [RAIN[0], "Fourteen roads are under water."]


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of an empty record, which crawls in the block write."""
    with postgres.server().record() as address:
        monkeypatch.setenv(VARIABLE, address)
        yield address


def query(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchall()


def story(*paragraphs: str) -> dict[str, Answer]:
    return {bbc_url("valley"): bbc_story(bbc_url("valley"), "Rain in the valley", paragraphs)}


def test_an_edit_goes_from_the_feed_to_the_record_and_to_who_asks(tmp_path: Path, url: str) -> None:
    with Newsroom(bbc_routes(story(*RAIN))) as newsroom:
        assert crawl(newsroom, tmp_path, "bbc").returncode == 0
    with Newsroom(bbc_routes(story(*EDITED))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert (done.returncode, "1 changed" in done.stderr) == (0, True)
        found = scrapy(newsroom, tmp_path, "search", "twelve roads")
        checked = scrapy(newsroom, tmp_path, "verify")
    assert query(url, "select from_version, to_version, labels from changes") == [
        (1, 2, '["figures"]')
    ]
    assert "Twelve roads are under water." in found.stdout
    assert checked.returncode == 0
    assert not (tmp_path / "data/newsdiff.db").exists()
