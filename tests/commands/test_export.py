"""``scrapy export``: what is in it, in each form, and how it ends where it cannot be written."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from scrapy.settings import Settings

from newsdiff_crawler.commands.export import Command
from newsdiff_crawler.exporting.formats import _cell
from newsdiff_crawler.exporting.rows import COLUMNS
from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.takedown import hide
from tests.support.crawling import PROJECT
from tests.support.other_texts import make_placeholder
from tests.support.records import URL, add_article, story

BEFORE = story("Ferry late", "The mayor denied everything.", "Nobody was asked.")
AFTER = story("Ferry late", "The mayor resigned.", "Nobody was asked.", "It rained.")
FORMULA = story('=HYPERLINK("https://evil.example")', "+1", "-2", "@sum", "'quoted'", " =1+1", "a")
NOTICE = story("Back in a minute", "Our engineers are busy with the cables.")
LATE = "2025-06-30T23:30:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path / "data")
    add_article(store, BEFORE, AFTER, BEFORE)
    add_article(store, FORMULA, NOTICE, url=f"{URL}-2", first_seen_at=LATE, source="herald")
    make_placeholder(store, 2, 2)
    add_article(store, story("Never shown", "A secret."), AFTER, url=f"{URL}-3")
    store.db.update("articles", 3, {"state": "hidden"})
    store.close()
    return tmp_path


@pytest.fixture(autouse=True)
def _signal() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def export(folder: Path, *options: str) -> bytes:
    """What the command prints. Raises SystemExit."""
    command = Command()
    command.settings = Settings({"NEWSDIFF_DATA": str(folder / "data")})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(options)
    printed = io.TextIOWrapper(io.BytesIO())
    with redirect_stdout(printed):
        command.run(args, opts)
    assert isinstance(printed.buffer, io.BytesIO)
    return printed.buffer.getvalue()


def export_in_process(folder: Path, *options: str, **given: Any) -> tuple[int, str]:
    """Its status, and what it says on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "export", *options],
        cwd=PROJECT,
        env=os.environ | {"NEWSDIFF_DATA": str(folder / "data")},
        stderr=subprocess.PIPE,
        **given,
    )
    return done.returncode, done.stderr.decode()


def rows(folder: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(folder, *options).splitlines()]


# --- What is in it --------------------------------------------------------------------------------


def test_a_row_tells_a_version_and_what_it_changed(folder: Path) -> None:
    _, row, _ = rows(folder, "--source", "paper")
    assert list(row) == list(COLUMNS)
    assert (row["source"], row["article_id"], row["url"], row["version"]) == ("paper", 1, URL, 2)
    assert (row["fetched_at"], row["from_version"]) == ("2025-04-22T14:33:00Z", 1)
    assert row["text"] == "\n\n".join(block.text for block in AFTER)
    assert row["text_before"] == "\n\n".join(block.text for block in BEFORE)
    assert row["edits"] == [
        {
            "edit": "edited",
            "kind": "paragraph",
            "before": "The mayor denied everything.",
            "after": "The mayor resigned.",
        },
        {"edit": "added", "kind": "paragraph", "before": None, "after": "It rained."},
    ]
    assert (row["blocks_added"], row["blocks_edited"], row["minor"]) == (1, 1, None)


def test_a_first_version_changes_nothing(folder: Path) -> None:
    first, *_ = rows(folder, "--source", "paper")
    names = ("from_version", "text_before", "summary", "words_added", "minor", "reverts_to")
    assert [first[name] for name in names] == [None] * 6
    assert (first["labels"], first["edits"]) == ([], [])


def test_what_came_back_says_so(folder: Path) -> None:
    *_, last = rows(folder, "--source", "paper")
    assert (last["minor"], last["reverts_to"], last["from_version"]) == ("reverted", 1, 2)
    assert [edit["edit"] for edit in last["edits"]] == ["edited", "removed"]


def test_a_placeholder_is_marked_and_nothing_is_compared_with_it(folder: Path) -> None:
    shown = rows(folder, "--source", "herald")
    assert [(row["version"], row["is_placeholder"]) for row in shown] == [(1, False), (2, True)]


def test_a_hidden_article_is_nowhere(folder: Path) -> None:
    for form in ("jsonl", "csv"):
        printed = export(folder, "--format", form)
        assert b"secret" not in printed
        assert URL.encode() + b"-3" not in printed


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 5),
        (["--source", "herald"], 2),
        (["--from", "2025-05-01"], 2),
        (["--to", "2025-04-22"], 3),
        (["--from", "2025-06-30", "--to", "2025-06-30"], 1),
        (["--from", "2030-01-01"], 0),
        (["--to", "9999-12-31"], 5),
    ],
)
def test_it_keeps_to_a_source_and_a_period(folder: Path, options: list[str], count: int) -> None:
    assert len(rows(folder, *options)) == count


def test_what_a_version_changed_is_told_though_the_one_before_is_older(folder: Path) -> None:
    (row,) = rows(folder, "--from", "2025-07-01")
    assert (row["version"], row["from_version"], row["text_before"] is None) == (2, 1, False)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_an_anonymous_one_has_no_words_of_a_publisher(folder: Path, form: str) -> None:
    out = folder / f"out.{form}"
    export(folder, "--format", form, "--anonymous", "-o", str(out))
    content = out.read_bytes()
    if form == "parquet":
        content = pandas.read_parquet(out).to_json().encode()
    for words in (b"mayor", b"Ferry", b"asked", b"Back in", b"denied"):
        assert words not in content
    manifest = json.loads((folder / f"out.{form}.manifest.json").read_text())
    assert manifest["has_texts"] is False
    assert {"text", "title", "authors", "summary"}.isdisjoint(manifest["columns"])


# --- Its forms ------------------------------------------------------------------------------------


def test_all_forms_say_the_same(folder: Path) -> None:
    known = rows(folder)
    for form in ("csv", "parquet"):
        export(folder, "--format", form, "-o", str(folder / f"out.{form}"))
    frame = pandas.read_parquet(folder / "out.parquet")
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["text"]) == [row["text"] for row in known]
    edits = [[dict(each) for each in some] for some in frame["edits"]]
    assert edits == [row["edits"] for row in known]
    sql = f"select count(*), count(text_before), sum(words_added) from '{folder / 'out.parquet'}'"
    with duckdb.connect() as database:
        assert database.sql(sql).fetchall() == [
            (5, 3, sum(row["words_added"] or 0 for row in known)),
        ]
    plain = pandas.read_csv(folder / "out.csv")
    assert list(plain["version"]) == [row["version"] for row in known]
    assert list(plain["text"]) == [_marked(row["text"]) for row in known]
    assert [json.loads(edits) for edits in plain["edits"]] == [row["edits"] for row in known]


def _marked(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "'")) else text


def test_no_cell_of_a_spreadsheet_is_a_formula(folder: Path) -> None:
    written = export(folder, "--format", "csv").decode()
    lines = list(csv.reader(io.StringIO(written, newline="")))
    cells = [cell for line in lines for cell in line]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'", " =", "\u00a0=", "\uff1d"])
def test_what_begins_like_a_formula_is_marked_and_can_be_had_back(start: str) -> None:
    assert _cell(f"{start}1+1") == f"'{start}1+1"


def test_a_file_for_each_month_adds_up(folder: Path) -> None:
    out = folder / "site" / "data"
    export(folder, "--by", "month", "-o", str(out))
    names = sorted(path.name for path in out.iterdir())
    assert names == ["2025-04.jsonl", "2025-06.jsonl", "2025-07.jsonl", "manifest.json"]
    monthly = [line for name in names[:-1] for line in (out / name).read_bytes().splitlines()]
    assert [json.loads(line) for line in monthly] == rows(folder)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["counts"] == {"articles": 2, "versions": 5, "changes": 3}
    assert [file["versions"] for file in manifest["files"]] == [3, 1, 1]


def test_a_month_all_of_which_was_taken_down_since_is_there_no_more(folder: Path) -> None:
    out = folder / "site"
    export(folder, "--by", "month", "-o", str(out))
    with closing(Store.open(folder / "data")) as store:
        hide(store.db, [URL], "2026-01-01T00:00:00Z", "court order")
    export(folder, "--by", "month", "-o", str(out))
    assert not (out / "2025-04.jsonl").exists()


def test_a_manifest_says_what_is_in_the_file_and_whose_it_is(folder: Path) -> None:
    out = folder / "out.csv"
    export(folder, "--format", "csv", "--source", "paper", "-o", str(out))
    manifest = json.loads((folder / "out.csv.manifest.json").read_text())
    (file,) = manifest["files"]
    assert (file["name"], file["size"]) == ("out.csv", out.stat().st_size)
    assert file["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert manifest["counts"] == {"articles": 1, "versions": 3, "changes": 2}
    assert list(manifest["columns"]) == out.read_text().splitlines()[0].replace('"', "").split(",")
    assert "copyright" in manifest["licence"]
    assert "apostrophe" in manifest["csv"]


# --- Where it cannot be done ----------------------------------------------------------------------


@pytest.mark.slow
def test_a_full_disk_is_said(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = export_in_process(folder, stdout=full)
    assert ended == (1, "newsdiff_crawler: standard output: No space left on device\n")


@pytest.mark.slow
def test_a_closed_pipe_is_no_fault_and_a_status(folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = export_in_process(folder, stdout=write)
    os.close(write)
    assert ended == (1, "")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_nothing_half_written_is_left(folder: Path, form: str) -> None:
    out = folder / "out" / f"all.{form}"
    out.parent.mkdir()
    out.write_bytes(b"of last week")
    options = ("--format", form, "-o", str(out))
    ended = export_in_process(folder, *options, preexec_fn=_no_file_over(500))
    assert ended == (1, f"newsdiff_crawler: {out}: File too large\n")
    assert [path.read_bytes() for path in out.parent.iterdir()] == [b"of last week"]


def _no_file_over(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        (["--by", "month"], 2, "--by month needs a folder to write to: -o FOLDER"),
        (["--from", "2025-05-02", "--to", "2025-05-01"], 2, "--to is before --from"),
        (["paper"], 2, "export takes no arguments, only options"),
        (["--source", "nobody"], 1, "no such source in the record: nobody"),
        (["-o", "/nowhere/out"], 1, "/nowhere/out: No such file or directory"),
    ],
)
def test_what_makes_no_sense_is_said(
    folder: Path, options: list[str], status: int, says: str
) -> None:
    with pytest.raises(SystemExit, match=re.escape(says)) as ended:
        export(folder, *options)
    assert ended.value.code == status


def test_a_folder_without_a_record_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        export(tmp_path)
    assert ended.value.code == 3


def test_a_quotation_mark_in_a_list_stays_one(tmp_path: Path) -> None:
    """Lists in cells are JSON, whose own marks CSV doubles."""
    store = Store.open(tmp_path / "data")
    add_article(store, BEFORE, [*BEFORE, Block("quote", 'He said "no", twice.')])
    store.close()
    written = export(tmp_path, "--format", "csv").decode()
    *_, last = csv.DictReader(io.StringIO(written, newline=""))
    assert json.loads(last["edits"])[0]["after"] == 'He said "no", twice.'
