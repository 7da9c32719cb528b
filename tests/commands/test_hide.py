"""``scrapy hide`` and ``scrapy unhide``: an article is gone from every surface, and comes back."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newsdiff_crawler.commands import hide, unhide
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story

SURFACES = [
    "/",
    "/?show=all",
    "/articles/1",
    "/articles/1/versions/1",
    "/articles/1/diff/1/2",
    "/articles/1/diff/1/2.json",
    "/articles/1/diff/1/2.patch",
    "/articles/1/diff/1/2.png",
    "/articles/1/changes.rss",
    "/changes.atom",
    "/changes.json",
    f"/lookup?url={URL}",
    "/search?q=ferry",
    "/search?q=ferry&in=removed",
    "/search.rss?q=ferry",
    "/api/v1/articles",
    "/api/v1/search?q=ferry",
    "/api/v1/articles/1",
    "/api/v1/articles/1/versions/1",
    "/api/v1/articles/1/diff/1/2",
    "/api/v1/changes?show=all",
    f"/api/v1/lookup?url={URL}",
]


TEXTS = [
    story("Wexcombe ferry late", "The ferry to Wexcombe is late."),
    story("Wexcombe ferry gone", "The ferry from Wexcombe is gone."),
]


@pytest.fixture
def filled(store: Store) -> Store:
    add_article(store, *TEXTS)
    return store


def run(command: ScrapyCommand, folder: Path, *given: str) -> None:
    command.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)


def test_a_hidden_article_is_on_no_surface(filled: Store, tmp_path: Path) -> None:
    client = TestClient(create_app(tmp_path / DATABASE_NAME))
    assert all(client.get(path).status_code == 200 for path in SURFACES)
    run(hide.Command(), tmp_path, "--reason", "a court said so", f"{URL}?utm_source=mail")
    for path in SURFACES:
        answer = client.get(path)
        assert answer.status_code in (200, 451), path
        assert b"Wexcombe" not in answer.content, path


def test_it_comes_back_and_both_are_in_the_record(filled: Store, tmp_path: Path) -> None:
    run(hide.Command(), tmp_path, "--reason", "a court said so", URL)
    run(unhide.Command(), tmp_path, URL)
    with Records.open(tmp_path / DATABASE_NAME) as records:
        article = records.article(1)
        events = [(event.kind, event.detail) for event in records.events(1)]
    assert article is not None
    assert article.state == "live"
    assert article.next_check_at is not None
    assert events == [("shown", ""), ("hidden", "a court said so")]


def test_doing_it_twice_changes_nothing(filled: Store, tmp_path: Path) -> None:
    for _ in range(2):
        run(hide.Command(), tmp_path, "--reason", "a court said so", URL)
    assert filled.db.count("events") == 1
    for _ in range(2):
        run(unhide.Command(), tmp_path, URL)
    assert filled.db.count("events") == 2


def test_a_hidden_article_is_not_checked(filled: Store, tmp_path: Path) -> None:
    run(hide.Command(), tmp_path, "--reason", "a court said so", URL)
    assert filled.queue.next_due("paper") is None


@pytest.mark.parametrize("command", [hide.Command, unhide.Command])
def test_an_unknown_article_is_one_clear_line(
    filled: Store, tmp_path: Path, command: type[ScrapyCommand]
) -> None:
    reason = ["--reason", "why"] if command is hide.Command else []
    with pytest.raises(SystemExit, match=r"no article is known at https://other\.example/"):
        run(command(), tmp_path, *reason, "https://other.example/")
    with pytest.raises(UsageError):
        run(command(), tmp_path, *reason)
