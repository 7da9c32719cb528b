"""A first parser has selectors that last, and reads what the generic one read."""

from __future__ import annotations

from newsdiff_crawler.adding.guessing import declared, guess
from newsdiff_crawler.parsing import Page, generic, read

TEXT = "".join(
    f"<p>On day {n} the ferry to the island was late, and the keeper wrote it down.</p>"
    for n in range(8)
)


def guessed(html: str) -> dict[str, str]:
    page = Page(f"<html><body>{html}</body></html>", "https://www.paper.example/news/ferry")
    article = read(page, generic.PARSERS)
    parser = guess(page, article, "paper/2026")
    if parser is None:
        return {}
    assert parser().parse(page).body == article.body
    return declared(parser)


def test_the_story_is_named_by_what_lasts() -> None:
    names = guessed(f'<h1>Ferry late</h1><div class="css-1x2y3z story-body x9">{TEXT}</div>')
    assert names == {"name": "paper/2026", "layout": ".story-body", "body": ".story-body"}


def test_a_name_may_begin_with_the_papers_initials() -> None:
    assert guessed(f'<h1>Ferry late</h1><div class="tg-copy">{TEXT}</div>')["body"] == ".tg-copy"


def test_paragraphs_that_are_none_are_named_by_what_all_of_them_have() -> None:
    text = TEXT.replace("<p>", '<div class="tg-par">').replace("</p>", "</div>")
    names = guessed(f'<h1>Ferry late</h1><div class="tg-copy">{text}</div>')
    assert (names["body"], names["paragraph"]) == (".tg-copy", ".tg-par")


def test_an_attribute_that_says_what_it_is_goes_before_a_class() -> None:
    names = guessed(f'<h1>Ferry late</h1><div itemprop="articleBody" class="body">{TEXT}</div>')
    assert names["body"] == '[itemprop="articleBody"]'


def test_names_that_a_build_makes_up_are_no_names() -> None:
    assert guessed(f'<h1>Ferry late</h1><div class="css-1x2y3z kRtYhz">{TEXT}</div>') == {}


def test_a_name_that_other_elements_have_too_is_not_the_storys() -> None:
    html = f'<h1>Ferry late</h1><div class="text">Menu</div><article class="text">{TEXT}</article>'
    assert guessed(html)["body"] == "article.text"


def test_the_standfirst_is_found_by_its_name() -> None:
    standfirst = '<p class="standfirst">The harbour board has counted each minute of it.</p>'
    html = f'<h1>Ferry late</h1>{standfirst}<div class="story">{TEXT}</div>'
    assert guessed(html)["standfirst"] == ".standfirst"


def test_a_headline_that_is_not_the_first_is_named() -> None:
    logo = '<h1 class="logo"><a href="/">The Paper</a></h1>'
    html = f'{logo}<h1 class="headline">Ferry late again</h1><div class="story">{TEXT}</div>'
    assert guessed(html)["title"] == ".headline"
