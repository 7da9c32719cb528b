"""A benchmark whose data is missing ends with one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.machine import NOT_RUN, need_file


@pytest.mark.parametrize("made", ["nothing", "an empty file", "an empty folder"])
def test_data_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], made: str
) -> None:
    data = tmp_path / "pages"
    if made == "an empty file":
        data.touch()
    elif made == "an empty folder":
        data.mkdir()
    with pytest.raises(SystemExit) as ended:
        need_file(data)
    (line,) = capsys.readouterr().out.splitlines()
    assert ended.value.code == NOT_RUN
    assert line.startswith("Not run: no")
    assert line.endswith("pages")
