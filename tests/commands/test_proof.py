"""``scrapy stamp``, ``scrapy proof`` and ``scrapy verify FILE``, as somebody types them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from newsdiff_crawler.exit_status import ExitStatus
from tests.support.clocks import Authority
from tests.support.crawling import PROJECT
from tests.support.evidence import proved_record
from tests.support.forked import scrapy_forked
from tests.support.records import URL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    proved_record(tmp_path / "data")
    return tmp_path


def scrapy(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    data = {"NEWSDIFF_DATA": str(folder / "data")}
    return scrapy_forked(arguments, cwd=PROJECT, env=os.environ | data | environment)


def test_a_change_is_stamped_proved_and_checked_elsewhere(folder: Path) -> None:
    with Authority(folder / "tsa") as authority:
        clock = {"NEWSDIFF_TSA": authority.address, "NEWSDIFF_TSA_ROOT": str(authority.root)}
        done = scrapy(folder, "stamp", **clock)
    assert done.returncode == 0
    root, stamp = done.stdout.splitlines()
    assert root.startswith("root 1 over 3 versions: ")
    assert stamp.startswith("root 1 was stamped by 127.0.0.1:")
    bundle = folder / "story.wacz"
    assert scrapy(folder, "proof", URL, "2", "1", "-o", str(bundle)).returncode == 0
    trusted = {"NEWSDIFF_TSA_ROOT": str(authority.root)}
    elsewhere = scrapy(folder / "elsewhere", "verify", str(bundle), **trusted)
    assert elsewhere.returncode == 0
    assert "  root 1, stamped 20" in elsewhere.stdout
    assert elsewhere.stdout.endswith("This proof holds as far as it says.\n")
    assert not (folder / "elsewhere").exists()
    checked = scrapy(folder, "verify", **trusted)
    assert checked.returncode == 0
    assert "outside clocks: 1 root, stamped up to root 1 (" in checked.stdout


def test_a_bundle_that_was_altered_is_one_line(folder: Path) -> None:
    bundle = folder / "story.wacz"
    assert scrapy(folder, "proof", URL, "-o", str(bundle)).returncode == 0
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    done = scrapy(folder, "verify", str(bundle))
    assert (done.returncode, done.stdout) == (ExitStatus.NOT_DONE, "")
    assert done.stderr.startswith(f"newsdiff_crawler: {bundle}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("proof", URL, "9"), ExitStatus.NOT_DONE, f"there is no version 9 of {URL}"),
        (("proof", URL, "x"), ExitStatus.NO_SENSE, "expected a URL and one or two version numbers"),
        (("proof", URL, "-o", "/nowhere/x.wacz"), ExitStatus.NOT_DONE, "/nowhere/x.wacz: No such"),
        (("stamp", "x"), ExitStatus.NO_SENSE, "stamp takes no arguments"),
        (("verify", "a", "b"), ExitStatus.NO_SENSE, "expected one bundle, or none and options"),
        (("verify", "/nowhere"), ExitStatus.NOT_DONE, "/nowhere: it cannot be read: No such file"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    folder: Path, arguments: tuple[str, ...], status: ExitStatus, said: str
) -> None:
    done = scrapy(folder, *arguments)
    assert done.returncode == status
    assert done.stderr.startswith(f"newsdiff_crawler: {said}")
    assert done.stderr.count("\n") == 1
