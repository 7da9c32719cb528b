"""What the README says is true: its commands work, every command is named, and every dependency on
the page that it leads to. That its links and commands lead somewhere is held with the other pages,
in test_docs.py."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.support.crawling import OURS
from tests.support.forked import scrapy_forked

ROOT = Path(__file__).parents[1]
DEPENDENCIES = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def command_under(mark: str) -> str:
    """The one line of the code block after an HTML comment."""
    found = re.search(rf"<!-- {mark} -->\n```\n(.+)\n```", README)
    assert found, f"no single line under {mark}"
    return found[1]


@pytest.mark.parametrize("mark", ["start", "demo", "test"])
def test_a_start_command_installs_what_the_project_pins_and_runs_one_thing(mark: str) -> None:
    make, install, run = command_under(mark).split(" && ")
    assert make == "python3 -m venv .venv"
    assert re.fullmatch(r"\.venv/bin/pip install -q -r requirements(-dev)?\.txt", install)
    assert run.startswith(".venv/bin/")


def test_every_command_of_the_project_is_named() -> None:
    commands = {path.stem for path in (ROOT / "newsdiff_crawler" / "commands").glob("[a-z]*.py")}
    assert commands <= set(re.findall(r"scrapy ([a-z]+)", README))


def test_every_source_that_is_named_is_listed() -> None:
    named = set(re.findall(r"scrapy crawl ([a-z]+)", README))
    listed = scrapy_forked(["list"], cwd=ROOT, env=os.environ | OURS).stdout
    assert named
    assert named <= set(listed.split())


def test_every_dependency_is_pinned_and_named_with_its_reason() -> None:
    pins = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9_-]+==[\w.]+(;.*)?", pin)] == []
    reasons = "\n".join(line for line in DEPENDENCIES.splitlines() if line.startswith("| "))
    assert [pin for pin in pins if not re.search(rf"\b{pin.split('==')[0]}\b", reasons)] == []
