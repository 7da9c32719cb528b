"""What monitors ask."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.web.app import create_app
from tests.support.records import add_article, story


def test_health_says_of_each_source_whether_it_is_well(store: Store, client: TestClient) -> None:
    add_article(store, story("One", "Rain."), source="well")
    for source, failed, unwell in (
        ("paper", 6, "6 of 7 pages could not be read"),
        ("well", 0, None),
    ):
        run = store.runs.start(source, "2025-04-22T14:00:00Z")
        counts = {"checks": 7, "failed": failed}
        store.runs.finish(run, "2025-04-22T14:05:00Z", "finished", counts, unwell)
    health = client.get("/health").json()
    assert health["status"] == "ok"
    paper, well = health["sources"]
    assert paper["unwell"] == "6 of 7 pages could not be read"
    assert paper["unwell_since"] == "2025-04-22T14:05:00Z"
    assert paper["last_good_run"] is None
    assert paper["last_run"]["failed"] == 6
    assert well["unwell"] is None
    assert well["last_run"] == well["last_good_run"]


def test_health_is_bad_without_a_database(tmp_path: Path) -> None:
    assert TestClient(create_app(tmp_path / "none.db")).get("/health").status_code == 503
