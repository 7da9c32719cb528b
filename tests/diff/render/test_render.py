from __future__ import annotations

import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from newsdiff_crawler.diff import compare, summarise_in_detail
from newsdiff_crawler.diff.render import as_data, as_html, as_json, as_patch, as_table
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs

FIRE = "The fire at the old mill killed 12 people."
RIVER = "The river had been rising for three days before the dam gave way."
BRIDGE = "Nobody may cross the old bridge until it has been inspected again."
EDITED = FIRE.replace("12", "14")


def test_html_marks_what_went_and_what_came() -> None:
    diff = compare([Block("headline", "Fire"), *paragraphs(FIRE)], paragraphs(EDITED))
    assert as_html(diff) == (
        '<h1 class="removed" dir="auto"><del>Fire</del></h1>\n'
        '<p class="edited" dir="auto">The fire at the old mill killed '
        "<del>12</del><ins>14</ins> people.</p>"
    )


def test_html_without_what_is_unchanged() -> None:
    assert as_html(compare(paragraphs(FIRE), paragraphs(FIRE)), unchanged=False) == ""


def test_html_shows_a_moved_paragraph_struck_out_and_where_it_stands_now() -> None:
    diff = compare(paragraphs(FIRE, RIVER, BRIDGE), paragraphs(RIVER, BRIDGE, EDITED))
    lines = as_html(diff).splitlines()
    assert lines[0] == f'<p class="moved" dir="auto"><del>{FIRE}</del></p>'
    assert lines[3] == (
        '<p class="moved" dir="auto">The fire at the old mill killed '
        "<del>12</del><ins>14</ins> people.</p>"
    )


def test_html_breaks_the_line_where_a_paragraph_was_split() -> None:
    html = as_html(compare(paragraphs(f"{FIRE} {RIVER}"), paragraphs(FIRE, RIVER)))
    assert f"{FIRE}<del> </del><ins><br></ins>{RIVER}" in html


def test_html_shows_a_sentence_that_moved_at_both_places() -> None:
    diff = compare(paragraphs(f"{FIRE} {RIVER}", BRIDGE), paragraphs(FIRE, f"{BRIDGE} {RIVER}"))
    assert as_html(diff).splitlines() == [
        f'<p class="moved" dir="auto">{FIRE}<i class="moved away"> {RIVER}</i></p>',
        f'<p class="moved" dir="auto">{BRIDGE}<i class="moved"> {RIVER}</i></p>',
    ]


def table(before: list[Block], after: list[Block]) -> str:
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    console.print(as_table(compare(before, after)))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_table_tells_which_way_a_sentence_moved() -> None:
    shown = table(paragraphs(f"{FIRE} {RIVER}", BRIDGE), paragraphs(EDITED, f"{BRIDGE} {RIVER}"))
    names = [line.split("│")[1].strip() for line in shown.splitlines() if "│" in line]
    assert [name for name in names if name] == ["edited", "moved away", "moved here"]


def test_the_table_leaves_out_paragraphs_that_were_only_cut_anew() -> None:
    last = "The council meets on Friday in the town hall."
    shown = table(
        paragraphs(f"{FIRE} {RIVER}", BRIDGE, last, last, "Ends."),
        paragraphs(FIRE, f"{RIVER} {BRIDGE}", last, last, "Ended."),
    )
    assert "3 unchanged" in shown
    assert RIVER[:20] not in shown


HOSTILE = st.text(st.sampled_from("<>&\"'ab /=\x1b[31m\u202e"), max_size=30)


class Tags(HTMLParser):
    """The names of the tags in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)


@given(HOSTILE, HOSTILE)
def test_no_text_becomes_markup(before: str, after: str) -> None:
    tags = Tags()
    tags.feed(as_html(compare(paragraphs(before), paragraphs(after))))
    assert tags.names <= {"p", "ins", "del", "i"}


def test_the_patch_is_empty_when_nothing_changed() -> None:
    assert as_patch(compare(paragraphs(FIRE), paragraphs(FIRE))) == ""


def test_the_patch_names_both_versions_and_keeps_context() -> None:
    diff = compare(paragraphs(RIVER, FIRE, BRIDGE), paragraphs(RIVER, EDITED, BRIDGE))
    assert as_patch(diff, "v1", "v2") == (
        f"--- v1\n+++ v2\n@@ -1,3 +1,3 @@\n {RIVER}\n-{FIRE}\n+{EDITED}\n {BRIDGE}\n"
    )


LINES = st.lists(st.sampled_from([FIRE, EDITED, RIVER, BRIDGE, "a", "b", "c", "d"]), max_size=20)


@given(LINES, LINES)
def test_a_patch_applies_to_the_older_version(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str]
) -> None:
    patch = as_patch(compare(paragraphs(*before), paragraphs(*after)))
    assert apply(before, patch) == after


def apply(lines: list[str], patch: str) -> list[str]:
    """What a patch makes of lines, by the format's own rules."""
    result = list(lines)
    shift = at = 0
    for line in patch.splitlines()[2:]:
        mark, text = line[:1], line[1:]
        if mark == "@":
            start, length = map(int, line.split()[1][1:].split(","))
            at = start - 1 + shift + (0 if length else 1)
        elif mark == "+":
            result.insert(at, text)
            at, shift = at + 1, shift + 1
        else:
            assert result[at] == text
            if mark == "-":
                del result[at]
                shift -= 1
            else:
                at += 1
    return result


def test_json_holds_both_versions_and_the_summary() -> None:
    before, after = paragraphs(FIRE, RIVER), paragraphs(EDITED, RIVER)
    diff = compare(before, after)
    data = json.loads(as_json(diff, summarise_in_detail(diff)))
    for name, version in (("before", before), ("after", after)):
        sides = [side for row in data["rows"] for side in row[name]]
        texts = ["".join(span["text"] for span in side["spans"]) for side in sides]
        assert texts == [block.text for block in version]
    assert data["summary"]["sentence"] == "Figure changed: 12 → 14; 1 paragraph edited"


def test_data_has_no_summary_unless_given() -> None:
    assert list(as_data(compare([], []))) == ["rows"]


def printed(before: list[Block], after: list[Block]) -> str:
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=True, color_system="standard")
    console.print(as_table(compare(before, after), "v1", "v2"))
    return out.getvalue()


def test_the_terminal_shows_removed_words_in_red_and_added_ones_in_green() -> None:
    shown = printed(paragraphs(FIRE), paragraphs(EDITED))
    assert "\x1b[9;31m12\x1b[0m" in shown
    assert "\x1b[1;32m14\x1b[0m" in shown


def test_the_terminal_leaves_out_what_is_far_from_a_change() -> None:
    same = [f"{RIVER} {n}" for n in range(9)]
    shown = printed(paragraphs(*same, FIRE), paragraphs(*same, EDITED))
    assert "8 unchanged" in shown
    assert "gave way. 7" not in shown.replace("\n", " ")


def test_no_control_character_reaches_the_terminal() -> None:
    shown = printed(paragraphs("safe"), paragraphs("\x1b]0;owned\x07 \x9b2J [bold]"))
    assert "\x1b]" not in shown
    assert "\x9b" not in shown
    assert "[bold]" in shown


def test_what_a_terminal_would_obey_is_made_visible() -> None:
    assert visible("a\x1b[0m\u202eb\x85") == "a␛[0m\ufffdb\ufffd"
