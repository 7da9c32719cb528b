"""What is too long to be news is refused, with what is too long and by how much."""

from __future__ import annotations

import pytest

from newsdiff_crawler.items import Block, ParsedPage
from newsdiff_crawler.parsing import LengthBounds, Page, Refusal, read
from newsdiff_crawler.parsing.generic import Generic
from newsdiff_crawler.parsing.length import check_length

BOUNDS = LengthBounds(headline_words=3, headline_bytes=20, text_words=10, text_bytes=60)


def article(title: str, *paragraphs: str, authors: int = 0) -> ParsedPage:
    body = [Block("paragraph", text) for text in paragraphs]
    names = [f"A B{number}" for number in range(authors)]
    return ParsedPage(title=title, body=body, authors=names, parser="paper/2026")


@pytest.mark.parametrize(
    "fits",
    [
        article("One two three", "It rained."),
        article("x" * 20, "It rained."),
        article("One", "a b c d e f g h i"),
        article("One", "x" * 57),
        article("One", "It rained.", authors=3),
    ],
)
def test_what_is_as_long_as_it_may_be_is_stored(fits: ParsedPage) -> None:
    check_length(fits, BOUNDS)


@pytest.mark.parametrize(
    ("long", "sentence"),
    [
        (article("One two three four", "Rain."), "a headline of 4 words: more than 3"),
        (article("x" * 21, "Rain."), "a headline of 21 bytes: more than 20"),
        (article("x" * 18 + "é—", "Rain."), "a headline of 23 bytes: more than 20"),
        (article("東京都市", "Rain."), "a headline of 4 words: more than 3"),
        (article("One", "a b c d e f g h i j"), "a text of 11 words: more than 10"),
        (article("One", "x" * 29, "y" * 29), "a text of 61 bytes: more than 60"),
        (article("One", "Rain.", authors=40), "a text of 276 bytes: more than 60"),
    ],
)
def test_what_is_longer_is_refused_with_the_reason(long: ParsedPage, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_length(long, BOUNDS)
    assert (refused.value.reason, refused.value.sentence) == ("too_long", sentence)
    assert refused.value.outcome == "failed"


@pytest.mark.parametrize(
    ("headline", "text"),
    [("x" * 300_000, "It rained. " * 50), ("A mill", "It rained. " * 100_000)],
    ids=["headline", "text"],
)
def test_a_page_is_held_to_the_usual_bounds(headline: str, text: str) -> None:
    html = f"<html><body><article><h1>{headline}</h1><p>{text}</p></article></body></html>"
    page = Page(html.encode(), "https://news.example/2026/03/01/a-mill")
    with pytest.raises(Refusal, match="more than"):
        read(page, [Generic])
