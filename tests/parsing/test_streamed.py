"""Pages whose parts React puts into their places."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing.page import Page

URL = "https://herald.example/news/the-lamp-was-lit"


def shown(body: str) -> str:
    page = Page(f"<html><body>{body}</body></html>", URL)
    assert page.tree.body is not None
    return page.tree.body.html or ""


def test_a_part_takes_the_place_of_what_was_shown_instead() -> None:
    page = (
        '<main><!--$?--><template id="B:0"></template><p>Loading</p><!--/$--><p>After</p></main>'
        '<div hidden="" id="S:0"><p>One</p>two</div><script>$RC("B:0","S:0")</script>'
    )
    assert shown(page) == (
        "<body><main><!--$?--><p>One</p>two<!--/$--><p>After</p></main>"
        '<script>$RC("B:0","S:0")</script></body>'
    )


@pytest.mark.parametrize("turned", [False, True])
def test_parts_stand_in_parts(turned: bool) -> None:
    parts = [
        '<div hidden="" id="S:0"><p>One</p><template id="P:1"></template><p>Three</p></div>',
        '<div hidden="" id="S:1"><p>Two</p></div>',
    ]
    page = '<main><template id="B:0"></template></main>' + "".join(parts[:: -1 if turned else 1])
    assert shown(page) == "<body><main><p>One</p><p>Two</p><p>Three</p></main></body>"


def test_what_stands_beside_a_part_of_a_part_stays() -> None:
    page = (
        '<main><!--$?--><template id="B:0"></template>Loading<!--/$--></main>'
        '<div hidden id="S:0"><template id="P:1"></template><p>Two</p></div>'
        '<div hidden id="S:1"><p>One</p></div>'
    )
    assert "<main><!--$?--><p>One</p><p>Two</p><!--/$--></main>" in shown(page)


def test_a_place_may_stand_in_what_was_shown_instead_of_a_part() -> None:
    page = (
        '<main><!--$?--><template id="B:0"></template><div><template id="B:1"></template></div>'
        '<!--/$--></main><div hidden="" id="S:0"><p>One</p></div><div hidden="" id="S:1">No</div>'
    )
    assert "<main><!--$?--><p>One</p><!--/$--></main>" in shown(page)


@pytest.mark.parametrize(
    "page",
    [
        '<div hidden="" id="S:0"><p>No place</p></div>',
        '<main><template id="B:0"></template><p>No part</p></main>',
        '<div hidden="" id="S:0"><template id="B:0"></template></div>',
        '<div><template id="S:0"></template><div hidden="" id="S:0">Not in the body</div></div>',
    ],
)
def test_a_page_without_both_is_left_as_it_is(page: str) -> None:
    assert shown(page) == f"<body>{page}</body>"


def test_a_part_right_behind_its_place_in_the_body_is_put_there_once() -> None:
    page = '<template id="B:0"></template><div hidden="" id="S:0"><p>One</p></div><!--/$-->'
    assert shown(page) == "<body><p>One</p><!--/$--></body>"


def test_two_places_of_one_part() -> None:
    page = '<i><template id="B:0"></template></i><b><template id="P:0"></template></b>'
    part = '<div hidden="" id="S:0"><p>One</p></div>'
    assert shown(page + part) == (
        '<body><i><p>One</p></i><b><template id="P:0"></template></b></body>'
    )
