"""What Prometheus scrapes."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import from_iso, to_iso, utc_now
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story

NOW = to_iso(utc_now())


def scraped(client: TestClient) -> dict[tuple[str, str], float]:
    """Each figure, by its name and source."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, sample.labels.get("source", "")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_each_source_is_told_in_figures(store: Store, client: TestClient) -> None:
    add_article(store, story("One", "Rain."), story("Two", "Rain."))
    add_article(store, story("One", "Snow."), url=f"{URL}2")
    run = store.runs.start("paper", NOW)
    store.runs.finish(run, NOW, "finished", {}, "its feed could not be read: HTTP 404")
    figures = scraped(client)
    assert {
        name.removeprefix("newsdiff_source_"): value
        for (name, source), value in figures.items()
        if source == "paper"
    } == {
        "unwell": 1,
        "last_crawl_timestamp_seconds": from_iso(NOW).timestamp(),
        "due": 2,
        "articles": 2,
        "versions": 3,
        "changes": 1,
    }
    assert figures["newsdiff_up", ""] == 1
    assert figures["newsdiff_problems", ""] == 1
    assert figures["newsdiff_last_crawl_timestamp_seconds", ""] == from_iso(NOW).timestamp()


def test_a_record_that_cannot_be_written_or_read_is_a_figure(
    store: Store, client: TestClient, tmp_path: Path
) -> None:
    assert scraped(client)["newsdiff_record_writable", ""] == 1
    write_failure.note(tmp_path, "the disk is full")
    assert scraped(client)["newsdiff_record_writable", ""] == 0
    nowhere = TestClient(create_app(tmp_path / "nowhere" / DATABASE_NAME))
    assert scraped(nowhere)["newsdiff_up", ""] == 0


def test_a_name_of_a_source_may_have_any_sign(store: Store, client: TestClient) -> None:
    name = 'a "b"\\\n{c}'
    add_article(store, story("One", "Rain."), source=name)
    assert scraped(client)["newsdiff_source_articles", name] == 1
