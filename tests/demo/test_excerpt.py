"""A change in a few lines of a terminal."""

from __future__ import annotations

from newsdiff_crawler.demo.excerpt import excerpt
from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block

HEAD = Block("headline", "Night ferry")
LONG = "The boat left the harbour in the evening and came back in the morning, as boats do"


def paragraphs(*texts: str) -> list[Block]:
    return [HEAD, *(Block("paragraph", text) for text in texts)]


def lines(before: list[Block], after: list[Block]) -> list[str]:
    return [line.plain for line in excerpt(compare(before, after), plain=True)]


def test_shows_changed_words_between_a_little_of_what_stayed() -> None:
    before, after = (paragraphs(f"{LONG}. It carried {n} people. {LONG}.") for n in ("nine", "ten"))
    assert lines(before, after) == [
        "… morning, as boats do. It carried [-nine-] {+ten+} people. The boat left the …"
    ]


def test_shows_the_ends_of_a_long_stretch_between_two_changes() -> None:
    before, after = (paragraphs(f"{a} {LONG} {a}.") for a in ("Once", "Twice"))
    assert lines(before, after) == [
        "[-Once-] {+Twice+} The boat left the harbour in the … back in the morning, as boats do "
        "[-Once-] {+Twice+}."
    ]


def test_shows_whole_paragraphs_that_came_or_went() -> None:
    assert lines(paragraphs("One.", "Two."), paragraphs("One.")) == ["[-Two.-]"]
    assert lines(paragraphs("One."), paragraphs("One.", "Two.")) == ["{+Two.+}"]


def test_shortens_paragraphs_that_are_too_long() -> None:
    (line,) = lines(paragraphs("One."), paragraphs("One.", LONG * 5))
    assert len(line) < 240
    assert line.endswith(" …+}")


def test_says_which_way_a_paragraph_moved() -> None:
    a, b, c = "One is first.", "Two comes next.", "Three is the last of all."
    assert lines(paragraphs(a, b, c), paragraphs(c, a, b)) == [f"moved up: {c}"]
    assert lines(paragraphs(c, a, b), paragraphs(a, b, c)) == [f"moved down: {c}"]


def test_in_colour_needs_no_signs() -> None:
    (line,) = excerpt(compare(paragraphs("One two."), paragraphs("One three.")), plain=False)
    assert line.plain == "One two three."
    assert [(line.plain[span.start : span.end], span.style) for span in line.spans] == [
        ("two", "red strike"),
        ("three", "green"),
    ]
