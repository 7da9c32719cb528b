"""``scrapy reparse`` says what today's parsers would read, and rewrites it when it is told to."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.commands import reparse
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.spiders.bbc import BBC2024
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from tests.support import kept
from tests.support.crawling import bbc_story, bbc_url
from tests.support.kept import keep_pages

URL = bbc_url("c1rain")
TEXTS = ["It rained for the third day in the valley of Stanton.", "Twelve roads are closed."]


class Short(BBC2024):
    """Reads the first paragraph alone."""

    def read_body(self, page):  # type: ignore[no-untyped-def]
        return super().read_body(page)[:1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of the BBC that a parser at fault has read."""
    monkeypatch.setattr(kept, "SOURCE", "bbc")
    parsers: list[type[Parser]] = [Short]
    keep_pages(tmp_path, parsers, [(URL, "2026-03-01T09:00:00Z", page("Rain"))])
    return tmp_path


def page(title: str) -> str:
    return bbc_story(URL, title, TEXTS).body.decode()


def run(folder: Path, *given: str) -> int:
    command = reparse.Command()
    modules = ["newsdiff_crawler.spiders"]
    settings = {"NEWSDIFF_DATA": str(folder), "SPIDER_MODULES": modules}
    settings["SPIDER_LOADER_CLASS"] = "newsdiff_crawler.crawling.sources_loader.SourcesLoader"
    command.settings = Settings(settings)
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)
    return command.exitcode


def texts(folder: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        return db.execute("select text from version_texts").fetchall()


def test_it_only_says_what_differs_unless_told_to_rewrite(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(folder)
    run(folder)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{URL}: version 1: is read otherwise (")
    assert said[1:] == [
        "1 versions are read otherwise",
        "1 articles with pages, none rewritten: --apply does that",
    ]
    assert texts(folder) == before


def test_it_rewrites_when_told_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--apply", "--source", "bbc") == 0
    assert capsys.readouterr().out.endswith("1 articles with pages, 1 rewritten\n")
    assert texts(folder) == [("\n\n".join(["Rain", *TEXTS]),)]


@pytest.mark.parametrize("options", [["--source", "other"], ["--since", "2026-03-02"]])
def test_what_was_not_asked_for_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    before = texts(folder)
    run(folder, "--apply", *options)
    assert capsys.readouterr().out == "0 articles with pages, 0 rewritten\n"
    assert texts(folder) == before


def test_articles_of_a_source_that_is_no_longer_there_are_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Store.open(folder)) as store:
        store.db.execute("update articles set source = 'paper'")
    before = texts(folder)
    run(folder, "--apply")
    assert "0 rewritten" in capsys.readouterr().out
    assert texts(folder) == before


def test_without_a_record_it_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no record in"):
        run(tmp_path)
    assert not (tmp_path / DATABASE_NAME).exists()
