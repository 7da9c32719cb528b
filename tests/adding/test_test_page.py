"""A page to prove a parser with is small, read like its model, and has none of its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsdiff_crawler.adding.page_without_words import is_without_words
from newsdiff_crawler.adding.test_page import TestPage, make_test_page
from newsdiff_crawler.parsing import Page, Parser, Refusal, read
from tests.support.pages import SAVED_PAGES
from tests.support.sources import parsers_of

URL = "https://www.paper.example/news/the-bridge-is-closed"
# A line of one of these pages is known by words that no other page has.
BY_ITS_WORDS = ("bbc-2020", "cnn-2009", "nytimes-2018", "rt-2014")
WORDS = "The keeper of the bridge has counted {} boats since the harbour froze in January."


class Paper(Parser):
    name = "paper/2026"
    layout = ".story"
    body = ".story"
    standfirst = ".intro"


def made_of(html: str) -> TestPage:
    page = Page(html, URL)
    return make_test_page(page, [Paper], read(page, [Paper]))


def paper(paragraphs: int, links: int = 30) -> str:
    text = "".join(f"<p>{WORDS.format(number)}</p>" for number in range(paragraphs))
    menu = "".join(f'<li class="item"><a href="/{n}">Section {n}</a></li>' for n in range(links))
    return (
        f"<html lang=en><head><title>Bridge closed</title><script>track('bridge')</script></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>Bridge closed</h1>"
        f'<p class="intro">Boats wait.</p><div class="story">{text}'
        f'<div class="newsletter"><h3>Our newsletter</h3><p>Sign up for the harbour</p></div>'
        f"</div></article></body></html>"
    )


def articles() -> list[Path]:
    return [file for file in SAVED_PAGES if "refused" not in file.with_suffix(".json").read_text()]


@pytest.mark.parametrize("file", articles(), ids=lambda file: file.stem)
def test_a_page_of_any_layout_is_read_without_its_words(file: Path) -> None:
    parsers = parsers_of(file.stem.split("-")[0])
    page = Page(file.read_bytes(), json.loads(file.with_suffix(".json").read_text("utf-8"))["url"])
    made = make_test_page(page, parsers, read(page, parsers))
    assert is_without_words(made.html, made.url)
    assert bool(made.differs) == (file.stem in BY_ITS_WORDS)


def test_what_is_saved_is_what_is_read_of_it() -> None:
    made = made_of(paper(4))
    stated = json.loads(made.result)
    again = read(Page(made.html, stated["url"]), [Paper])
    assert stated["article"]["body"] == [[block.kind, block.text] for block in again.body]
    assert (made.differs, made.article.parser) == ("", "paper/2026")


def test_no_word_of_the_story_is_left() -> None:
    made = made_of(paper(4))
    for word in ("keeper", "boats", "harbour", "bridge", "Boats"):
        assert word not in made.html + made.result


def test_a_longer_story_and_a_longer_menu_make_no_larger_page() -> None:
    small, large = made_of(paper(12)), made_of(paper(400, links=900))
    assert len(large.html) <= len(small.html) * 1.2


def test_the_boxes_beside_the_story_stay_to_be_left_out() -> None:
    made = made_of(paper(4))
    assert 'class="newsletter"' in made.html
    assert "<nav>" in made.html
    assert len(made.article.body) == 2


class ThatReadsBoxes(Paper):
    own = ".newsletter"


def test_a_page_tells_a_parser_that_reads_a_box_from_one_that_does_not() -> None:
    made = made_of(paper(4))
    page = Page(made.html, made.url)
    assert len(ThatReadsBoxes().parse(page).body) > len(Paper().parse(page).body)


def test_a_page_that_only_its_words_tell_says_what_differs() -> None:
    class ByWords(Paper):
        def read_standfirst(self, page: Page) -> str:
            standfirst = super().read_standfirst(page)
            return standfirst if "Boats" in standfirst else ""

    page = Page(paper(4), URL)
    made = make_test_page(page, [ByWords], read(page, [ByWords]))
    assert made.differs == "its standfirst is ''"


def test_a_page_of_which_nothing_is_read_without_its_words_is_refused() -> None:
    class ByWords(Paper):
        def keep(self, block: object) -> bool:
            return "harbour" in str(block)

    page = Page(paper(4), URL)
    with pytest.raises(Refusal):
        make_test_page(page, [ByWords], read(page, [ByWords]))
