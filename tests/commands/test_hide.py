"""``scrapy hide`` and ``scrapy unhide``: an article is gone from every surface, and comes back."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newsdiff_crawler.commands import hide, unhide
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import FIRST_SEEN, URL, add_article, story

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


def test_the_article_that_a_shared_address_leads_to_is_hidden(
    filled: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = f"{URL}?utm_source=mail"
    run(hide.Command(), tmp_path, "--reason", "a court said so", shared)
    assert capsys.readouterr().out == f"Hidden: {shared}\n"
    assert filled.db.get("articles", 1)["state"] == "hidden"


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


def test_a_crawl_that_claimed_it_does_not_make_it_due(filled: Store, tmp_path: Path) -> None:
    crawl, now = filled.runs.start("paper", FIRST_SEEN), from_iso("2099-01-01T00:00:00Z")
    (claim,) = filled.queue.claim("paper", crawl, now, 1, timedelta(minutes=30))
    run(hide.Command(), tmp_path, "--reason", "a court said so", URL)
    filled.runs.finish(crawl, to_iso(now), "finished", {})
    assert filled.db.get("articles", claim.article_id)["next_check_at"] is None


@pytest.mark.parametrize("command", [hide.Command, unhide.Command])
def test_an_unknown_article_is_one_clear_line(
    filled: Store, tmp_path: Path, command: type[ScrapyCommand]
) -> None:
    reason = ["--reason", "why"] if command is hide.Command else []
    with pytest.raises(SystemExit, match=r"no article is known at https://other\.example/"):
        run(command(), tmp_path, *reason, "https://other.example/")
    with pytest.raises(SystemExit, match="expected the URL of one article"):
        run(command(), tmp_path, *reason)
