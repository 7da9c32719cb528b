"""``scrapy search`` finds what was published, and what was taken out."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.commands import search
from newsdiff_crawler.store import Store
from tests.support.records import URL, add_article, story


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    before = story("Ferry late", "The mayor denied everything. \x1b[31m")
    add_article(store, before, story("Ferry late", "The mayor resigned."))


def run(folder: Path, *given: str) -> None:
    command = search.Command()
    command.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)


def test_a_passage_is_printed_with_its_life(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "mayor", "resign*")
    out = capsys.readouterr().out
    assert "The mayor resigned." in out
    assert URL in out
    assert "since 2025-04-22T14:33:00Z" in out


def test_what_was_taken_out_is_searched_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "--removed", "mayor")
    out = capsys.readouterr().out
    assert "denied" in out
    assert "2025-04-22T14:00:00Z to 2025-04-22T14:33:00Z" in out
    assert "resigned" not in out


def test_a_terminal_is_not_told_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "denied")
    assert "\x1b" not in capsys.readouterr().out


def test_nothing_found_is_said_and_no_words_are_no_question(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="nothing was found"):
        run(tmp_path, "lighthouse")
    with pytest.raises(SystemExit, match="expected words"):
        run(tmp_path, "!!!")


def test_a_missing_record_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no record in .*nowhere, made by the first crawl"):
        run(tmp_path / "nowhere", "mayor")
