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
    names = {"NEWSDIFF_HOSTS": "news.example.org:8443", "NEWSDIFF_SITE_URL": "https://site.example"}
    command.settings = Settings({"NEWSDIFF_DATA": str(folder), **names})
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
    with Records.open(tmp_path) as records:
        article = records.article(1)
        events = [(event.kind, event.detail) for event in records.events(1)]
    assert article is not None
    assert article.state == "live"
    assert article.next_check_at is not None
    assert events == [("shown", ""), ("hidden", "a court said so")]


def test_doing_it_twice_changes_nothing_and_says_so(
    filled: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        run(hide.Command(), tmp_path, "--reason", "a court said so", URL)
    assert filled.db.count("events") == 1
    for _ in range(2):
        run(unhide.Command(), tmp_path, URL)
    assert filled.db.count("events") == 2
    said = ("Hidden", "It was hidden before", "Shown again", "It was not hidden")
    assert capsys.readouterr().out.splitlines() == [f"{each}: {URL}" for each in said]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/articles/1",
        "http://localhost:8000/articles/1/diff/1/2?view=inline#p3",
        "[::1]:8000/articles/1/changes.rss",
        "192.168.1.7:8000/articles/1.png",
        "https://news.example.org/news/articles/1/versions/2",
        "https://site.example/api/v1/articles/1",
    ],
)
def test_an_article_is_known_by_its_address_on_our_own_site(
    filled: Store, tmp_path: Path, address: str
) -> None:
    run(hide.Command(), tmp_path, "--reason", "asked", address)
    assert filled.db.get("articles", 1)["state"] == "hidden"
    run(unhide.Command(), tmp_path, address)
    assert filled.db.get("articles", 1)["state"] == "live"


def test_one_that_was_merged_is_hidden_with_what_it_is_part_of(
    filled: Store, tmp_path: Path
) -> None:
    filled.db.execute("insert into merged_articles (id, article_id, shift) values (7, 1, 0)")
    run(hide.Command(), tmp_path, "--reason", "asked", "http://127.0.0.1:8000/articles/7")
    assert filled.db.get("articles", 1)["state"] == "hidden"


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/articles/1",  # a newspaper's, or another one's site
        "https://sub.news.example.org/articles/1",
        "http://127.0.0.1:8000/articles/2",
        "http://127.0.0.1:8000/articles/1x",
        "http://127.0.0.1:8000/sources/paper",
        "http://[::1/articles/1",
        "/articles/1",
    ],
)
def test_what_our_site_does_not_show_is_hidden_by_no_number(
    filled: Store, tmp_path: Path, address: str
) -> None:
    with pytest.raises(SystemExit, match="no article is known at"):
        run(hide.Command(), tmp_path, "--reason", "asked", address)
    assert filled.db.get("articles", 1)["state"] == "live"


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
def test_where_there_is_no_record_none_is_made(
    tmp_path: Path, command: type[ScrapyCommand]
) -> None:
    """The folder was mistaken for another one, and nothing was taken down."""
    reason = ["--reason", "why"] if command is hide.Command else []
    with pytest.raises(SystemExit, match=f"no record in {tmp_path}"):
        run(command(), tmp_path, *reason, URL)
    assert not [*tmp_path.iterdir()]


def test_a_reason_says_something(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--reason: expected why"):
        run(hide.Command(), tmp_path, "--reason", " ", URL)
    assert filled.db.get("articles", 1)["state"] == "live"


@pytest.mark.parametrize("command", [hide.Command, unhide.Command])
def test_an_unknown_article_is_one_clear_line(
    filled: Store, tmp_path: Path, command: type[ScrapyCommand]
) -> None:
    reason = ["--reason", "why"] if command is hide.Command else []
    with pytest.raises(SystemExit, match=r"no article is known at https://other\.example/"):
        run(command(), tmp_path, *reason, "https://other.example/")
    with pytest.raises(SystemExit, match="expected the URL of one article"):
        run(command(), tmp_path, *reason)
