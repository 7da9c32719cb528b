"""What monitors ask: all is well, or not, and why."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.trouble import Limits
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.web.app import create_app
from tests.support.records import add_article, story
from tests.support.site import text_of

NOW = utc_now()


def crawl(store: Store, source: str, at: datetime = NOW, unwell: str | None = None) -> None:
    """A crawl of a source with one feed and one article, all of it due an hour later."""
    add_article(store, story("One", "Rain."), url=f"https://{source}.example/1", source=source)
    store.feeds.declare(source, [f"https://{source}.example/rss"], at)
    run = store.runs.start(source, to_iso(at))
    store.runs.finish(run, to_iso(at), "finished", {"checks": 7, "failed": 0}, unwell)
    due = {"due": to_iso(at + timedelta(hours=1)), "source": source}
    for table in ("articles", "feeds"):
        store.db.execute(f"update {table} set next_check_at = :due where source = :source", due)


def test_health_says_of_each_source_whether_it_is_well(store: Store, client: TestClient) -> None:
    crawl(store, "paper", unwell="6 of 7 pages could not be read")
    for source in ("post", "times", "news"):
        crawl(store, source)
    answer = client.get("/health")
    health = answer.json()
    assert (answer.status_code, health["status"], health["problems"]) == (200, "ok", [])
    by_name = {source["source"]: source for source in health["sources"]}
    paper, post = by_name["paper"], by_name["post"]
    assert paper["unwell"] == "6 of 7 pages could not be read"
    assert paper["unwell_since"] == to_iso(NOW)
    assert paper["last_good_run"] is None
    assert post["unwell"] is None
    assert post["last_run"] == post["last_good_run"]


def test_health_and_metrics_tell_of_each_machine(store: Store, client: TestClient) -> None:
    then = datetime(2026, 11, 22, 10, 30, tzinfo=timezone.utc)
    store.runs.finish(store.runs.start("post", to_iso(then), "node1"), to_iso(then), "finished", {})
    at_work = [store.runs.start(name, to_iso(then), "node2") for name in ("times", "news")]
    store.runs.is_alive(at_work[1], to_iso(NOW))
    assert client.get("/health").json()["nodes"] == [
        {"node": "node1", "seen_at": to_iso(then), "running": [], "runs": 1},
        {"node": "node2", "seen_at": to_iso(NOW), "running": ["news", "times"], "runs": 2},
    ]
    told = client.get("/metrics").text
    assert 'newsdiff_node_runs{node="node2"} 2.0' in told
    seen = float(
        told.partition('newsdiff_node_seen_timestamp_seconds{node="node1"} ')[2].split()[0]
    )
    assert seen == then.timestamp()


def test_a_crawler_that_has_not_run_for_days_is_unwell_and_every_page_says_so(
    store: Store, client: TestClient
) -> None:
    then = NOW - timedelta(days=9)
    crawl(store, "paper", at=then)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unwell"
    assert answer.json()["problems"] == [
        f"no crawl has run since {to_iso(then)}",
        "1 of 1 sources unwell: paper",
    ]
    late = "not crawled for 9 days: 1 article and 1 feed are overdue"
    assert late in answer.json()["sources"][0]["unwell"]
    assert "No crawl has run since" in text_of(client.get("/").text)
    for page in ("/sources", "/sources/paper"):
        assert late in text_of(client.get(page).text)


def test_how_long_work_may_wait_is_a_setting(store: Store, tmp_path: Path) -> None:
    crawl(store, "paper", at=NOW - timedelta(hours=4))
    for hours, status in ((2, 503), (6, 200)):
        app = create_app(tmp_path / DATABASE_NAME, limits=Limits(late_hours=hours))
        assert TestClient(app).get("/health").status_code == status


@pytest.mark.parametrize(("percent", "status"), [(0, 503), (25, 503), (50, 200), (100, 200)])
def test_too_many_sources_unwell_are_a_matter_for_the_monitor(
    store: Store, tmp_path: Path, percent: float, status: int
) -> None:
    crawl(store, "paper", unwell="its feed could not be read: HTTP 404")
    crawl(store, "post")
    app = create_app(tmp_path / DATABASE_NAME, limits=Limits(unwell_percent=percent))
    assert TestClient(app).get("/health").status_code == status


def test_the_front_page_says_how_old_it_is(store: Store, client: TestClient) -> None:
    crawl(store, "paper")
    assert "the last crawl." in text_of(client.get("/").text)
    assert "No crawl has run" not in client.get("/").text


def test_a_record_that_cannot_be_written_is_said_until_it_can_be(
    store: Store, client: TestClient, tmp_path: Path
) -> None:
    crawl(store, "paper")
    write_failure.note(tmp_path, "the disk is full")
    assert client.get("/health").json()["problems"] == [
        "the record cannot be written: the disk is full"
    ]
    for page in ("/", "/sources", "/sources/paper"):
        assert "The record cannot be written: the disk is full." in text_of(client.get(page).text)
    write_failure.forget(tmp_path)
    assert client.get("/health").status_code == 200


def test_health_is_bad_and_still_json_without_a_database(tmp_path: Path) -> None:
    answer = TestClient(create_app(tmp_path / "none.db")).get("/health")
    assert answer.status_code == 503
    (problem,) = answer.json()["problems"]
    assert problem.startswith("the record cannot be read: ")
