"""Output that is full or that nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from newsdiff_crawler.terminal.standard_output import printing
from tests.support.crawling import OURS, PROJECT
from tests.support.forked import Forked
from tests.support.records import URL, add_article, story

FULL = "newsdiff_crawler: standard output: No space left on device\n"
COMMANDS = [
    ["search", "rained"],
    ["history", URL],
    ["sources"],
    ["due", "--json"],
    ["verify"],
    ["export"],
    ["find", "bbc"],
    ["list"],
    ["settings", "--get", "BOT_NAME"],
    ["proof", URL, "-o", "{folder}/proof.wacz"],
    ["backup", "{folder}/copy"],
    ["genspider", "--list"],
]
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    store = Store.open(folder)
    add_article(store, story("One", "It rained."), story("Two", "It rained a lot."))
    store.close()
    return folder


@pytest.fixture
def full() -> Iterator[IO[bytes]]:
    with Path("/dev/full").open("wb") as opened:
        yield opened


@pytest.fixture
def unread() -> Iterator[IO[bytes]]:
    """A pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as opened:
        yield opened


def said(folder: Path, out: IO[bytes], command: list[str], place: Path) -> tuple[int, str]:
    arguments = [part.format(folder=place) for part in command]
    env = os.environ | OURS | {"NEWSDIFF_DATA": str(folder)}
    pipe = subprocess.PIPE
    with Forked(arguments, cwd=PROJECT, env=env, stdout=out, stderr=pipe) as process:
        _, err = process.communicate()
    return process.wait(), err


@each_command
def test_output_without_room_is_one_line(
    folder: Path, full: IO[bytes], command: list[str], tmp_path: Path
) -> None:
    assert said(folder, full, command, tmp_path) == (ExitStatus.NOT_DONE, FULL)


@each_command
def test_output_that_nobody_reads_is_no_fault_and_a_status(
    folder: Path, unread: IO[bytes], command: list[str], tmp_path: Path
) -> None:
    status, err = said(folder, unread, command, tmp_path)
    assert status == ExitStatus.NOT_DONE
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 1


def test_output_that_is_closed_is_wanted_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with printing():
        print("text", flush=True)
        sys.stdout.buffer.write(b"bytes")
    assert sys.stdout is None


def test_an_error_of_something_else_is_not_taken_for_one_of_the_output() -> None:
    with pytest.raises(FileNotFoundError), printing():
        Path("/nowhere/at/all").read_text()
