"""Two versions of an article, compared in every form."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from tests.support.records import add_article, story
from tests.support.site import AFTER, BEFORE, text_of

DIFF = "/articles/1/diff/1/2"


def test_two_versions_side_by_side(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get("/articles/1/diff/1/2").text
    assert "(33 minutes later)" in page
    assert re.search(r"<del[^>]*>[^<]*mayor stayed", page)
    assert re.search(r"<ins[^>]*>[^<]*man resigned", page)
    assert text_of(page).count("The sum was lost.") == 2


def test_the_chooser_leads_to_the_older_version_on_the_left(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get("/articles/1/diff?a=2&b=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/articles/1/diff/1/2")


def test_one_version_chosen_twice_is_shown_alone(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get("/articles/1/diff?a=2&b=2", follow_redirects=False)
    assert answer.headers["location"].endswith("/articles/1/versions/2")


def test_the_wrong_way_round_leads_to_the_right_one(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    assert client.get("/articles/1/diff/2/1").url.path == DIFF


def test_the_page_says_what_changed_in_numbers_and_labels(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get(DIFF).text
    assert re.search(r'<a class="label" href="#row-0">Figures</a>', page)
    assert re.search(r"\d+ words added, \d+ words removed: \d+ % of the text", page)


def test_in_one_column_each_text_stands_once(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get(f"{DIFF}?view=inline").text
    assert text_of(page).count("The sum was lost.") == 1
    assert re.search(r"<del>denies[^<]*</del><ins>admits", page)


def test_what_moved_is_linked_to_where_it_went(store: Store, client: TestClient) -> None:
    moved = "The letter asked for receipts covering three years of work."
    rest = [f"The ferry has {number} seats on its upper deck." for number in range(4)]
    add_article(store, story("Title", moved, *rest), story("Title", *rest, moved))
    for view in ("", "?view=inline"):
        page = client.get(DIFF + view).text
        (gone,) = re.findall(r'<a href="#row-(\d+)">to here</a>', page)
        (came,) = re.findall(r'<a href="#row-(\d+)">from here</a>', page)
        assert f'id="row-{gone}"' in page
        assert f'id="row-{came}"' in page
        assert gone != came


FERRY = "The ferry has forty seats on its upper deck, and no roof."
LETTER = "The letter asked for receipts covering three years of work."
BRIDGE = "Nobody may cross the bridge until it has been inspected."


def test_a_sentence_that_moved_is_linked_to_where_it_went(store: Store, client: TestClient) -> None:
    new = f"{BRIDGE} {LETTER.replace('three', 'four')}"
    add_article(store, story("Title", f"{FERRY} {LETTER}", BRIDGE), story("Title", FERRY, new))
    for view in ("", "?view=inline"):
        page = client.get(DIFF + view).text
        assert re.findall(r'Sentence moved <a href="#row-(\d)">(\w+ here)</a>', page) == [
            ("2", "to here"),
            ("1", "from here"),
        ]
        assert page.count("The letter asked for receipts covering </mark>") == 2
        assert "<del>three </del>" in page
        assert "<ins>four </ins>" in page


def test_where_only_an_end_of_a_paragraph_shifted_nothing_is_marked(
    store: Store, client: TestClient
) -> None:
    cut = story("Title", f"{FERRY} {LETTER}", BRIDGE), story("Title", FERRY, f"{LETTER} {BRIDGE}")
    add_article(store, *cut)
    page = client.get(DIFF).text
    assert page.count("Paragraph cut anew") == 2
    assert not re.search("<(del|ins|mark)", page)
    assert text_of(client.get(f"{DIFF}?view=inline").text).count(LETTER) == 1


def test_as_json_a_sentence_that_moved_names_the_other_row(
    store: Store, client: TestClient
) -> None:
    before = story("Title", f"{FERRY} {LETTER}", BRIDGE)
    add_article(store, before, story("Title", FERRY, f"{BRIDGE} {LETTER}"))
    rows = client.get(f"{DIFF}.json").json()["rows"]
    assert rows[1]["before"][0]["spans"][1] == {
        "text": f" {LETTER}",
        "mark": "moved",
        "cosmetic": False,
        "peer": 2,
    }


def test_a_change_links_to_the_ones_before_and_after(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER, BEFORE, AFTER)
    page = client.get("/articles/1/diff/2/3").text
    assert '<a rel="prev" href="/articles/1/diff/1/2">' in page
    assert '<a rel="next" href="/articles/1/diff/3/4">' in page


def test_versions_that_are_not_neighbours_are_compared_too(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER, BEFORE)
    assert "Nothing changed" in client.get("/articles/1/diff/1/3").text


def test_as_json(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get(f"{DIFF}.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["rows"][0]["edit"] == "edited"
    assert "max-age" in answer.headers["cache-control"]


def test_as_a_patch(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get(f"{DIFF}.patch")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("--- version 1")
    assert "-The mayor stayed.\n" in answer.text
    assert "+A man resigned.\n" in answer.text


@pytest.mark.parametrize("tail", ["/1/3.json", "/1/3.patch", "/1/2.pdf", "/1/2?view=sideways"])
def test_a_form_that_does_not_exist_is_not_there(
    store: Store, client: TestClient, tail: str
) -> None:
    add_article(store, BEFORE, AFTER)
    assert client.get(f"/articles/1/diff{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["", ".json", ".patch"])
def test_a_hidden_article_has_no_diff(store: Store, client: TestClient, tail: str) -> None:
    add_article(store, BEFORE, AFTER)
    store.db.update("articles", 1, {"state": "hidden"})
    assert client.get(DIFF + tail).status_code == 451


def test_every_kind_of_block_is_shown_as_itself(store: Store, client: TestClient) -> None:
    kinds = [Block("subheading", "Sub"), Block("list_item", "Item"), Block("quote", "Said")]
    add_article(store, [*BEFORE, *kinds], [*AFTER, *kinds])
    page = client.get(DIFF).text
    for kind in ("headline", "subheading", "list_item", "quote"):
        assert f'<p class="{kind}"' in page
