"""sources.toml is changed by commands, and by hand: what either wrote, the other leaves alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsdiff_crawler.crawling.sources_text import (
    CannotEditError,
    read_text,
    with_tables,
    without_table,
    write_text,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BY_HAND = """# Mine.

# The island's only paper.
[island_post]  # weekly
title = "The Island Post"
feeds = [
  # the old one was /feed
  "https://island-post.example/rss",
]
# leave_out = ["^/live/"]

# From here on: the mainland.
[orf]
"""
ELM = {"title": 'The "Elm"', "feeds": ["https://elm.example/a", "https://elm.example/b"]}


def test_a_table_goes_to_the_end_and_all_before_it_stays() -> None:
    text = with_tables(BY_HAND.rstrip("\n"), {"elm": ELM})
    assert text.startswith(BY_HAND)
    assert tomllib.loads(text)["elm"] == ELM


def test_where_there_is_no_file_what_was_followed_without_one_is_named() -> None:
    assert [*tomllib.loads(with_tables(None, {"orf": {}}))] == ["bbc", "orf"]
    assert [*tomllib.loads(without_table(None, "bbc"))] == []


def test_titles_from_outside_stay_texts() -> None:
    title = 'a"\\]\n[evil]\x7f\u2028'
    assert tomllib.loads(with_tables("", {"elm": {"title": title}})) == {"elm": {"title": title}}


def test_a_table_goes_and_what_stands_around_it_stays() -> None:
    assert without_table(BY_HAND, "island_post") == (
        '# Mine.\n\n# The island\'s only paper.\n# leave_out = ["^/live/"]\n\n'
        "# From here on: the mainland.\n[orf]\n"
    )
    assert without_table(BY_HAND, "orf") == BY_HAND.removesuffix("[orf]\n")


def test_what_was_added_and_taken_out_leaves_nothing() -> None:
    assert without_table(with_tables(BY_HAND, {"elm": ELM}), "elm") == f"{BY_HAND}\n"


@pytest.mark.parametrize(
    "text",
    [
        "elm = { title = 'The Elm' }\n",
        "[ash]\ntitle = '''\n[elm]\n'''\n",
        "[ash]\n",
    ],
)
def test_what_is_no_table_of_its_own_is_left_to_its_writer(text: str) -> None:
    with pytest.raises(CannotEditError):
        without_table(text, "elm")


def test_a_table_beside_a_broken_one_can_be_added_and_taken_out() -> None:
    broken = "[bad]\ntitle = The Post\n"
    added = with_tables(broken, {"elm": {}})
    assert added == f"{broken}\n[elm]\n"
    assert without_table(added, "elm") == f"{broken}\n"


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    assert read_text(path) is None
    write_text(path, "[bbc]\n")
    path.chmod(0o640)
    write_text(path, "[orf]\n")
    assert read_text(path) == "[orf]\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotEditError, match="cannot be written"):
        write_text(tmp_path / "missing" / "sources.toml", "")
