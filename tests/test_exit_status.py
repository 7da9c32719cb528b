"""How a command ends is one table, in the code and in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsdiff_crawler.exit_status import MEANINGS, ExitStatus, give_up

PAGE = (Path(__file__).parents[1] / "docs" / "commands.md").read_text("utf-8")


def test_the_table_in_the_docs_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, re.M)
    assert rows == [(str(int(status)), MEANINGS[status]) for status in ExitStatus]


def test_giving_up_is_one_line_and_a_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        give_up("no such\nthing", ExitStatus.NO_SENSE)
    assert ended.value.code == ExitStatus.NO_SENSE
    assert capsys.readouterr().err == "newsdiff_crawler: no such thing\n"
