"""What is the page's doing and not the story's: marked, and hidden at first."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
from tests.support.other_texts import (
    AT,
    NOTICE,
    hold,
    learn_boilerplate,
    make_first_placeholder,
    make_placeholder,
)
from tests.support.records import URL, add_article, story
from tests.support.site import AFTER, BEFORE, text_of

BOX = Block("list_item", "Sign up to our morning letter")
PLACEHOLDER = "A page that stood in the story’s place, not the story"
HELD = "Held back until it is clear whether the site or its stories changed"
PAGES_DOING = "The page’s doing: a box beside the story, or a redesign"


@pytest.fixture
def placeholder(store: Store) -> None:
    """Version 2 of 3 was none."""
    add_article(store, BEFORE, NOTICE, AFTER)
    make_placeholder(store, 1, 2)


@pytest.fixture
def false_start(store: Store) -> None:
    """Version 1 of 3 was none."""
    add_article(store, NOTICE, BEFORE, AFTER)
    make_first_placeholder(store, 1)


@pytest.fixture
def box(store: Store) -> None:
    """A box came with version 2."""
    add_article(store, BEFORE, [*BEFORE, BOX])
    learn_boilerplate(store, "paper", BOX.text)
    store.reassessing.for_boilerplate("paper", 1, 2, from_iso(AT))


# --- Lists and feeds --------------------------------------------------------------------------


@pytest.mark.usefixtures("placeholder")
def test_a_list_compares_what_follows_a_placeholder_with_what_was_before(
    client: TestClient,
) -> None:
    page = client.get("/").text
    assert "/articles/1/diff/1/3" in page
    assert "/articles/1/diff/1/2" not in page
    assert "1 change hidden" in text_of(page)
    everything = client.get("/?show=all").text
    assert "/articles/1/diff/1/2" in everything
    assert PLACEHOLDER in everything


def test_what_is_held_back_is_hidden_until_it_is_released(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    hold(store, 1, 2)
    assert "/articles/1/diff/1/2" not in client.get("/").text
    assert HELD in client.get("/?show=all").text
    for feed in ("/changes.json", "/articles/1/changes.json"):
        assert client.get(feed).json()["items"] == []
    store.reassessing.recount(1, 2, *store.reassessing.texts(1, 2))
    assert HELD not in client.get("/?show=all").text
    assert "/articles/1/diff/1/2" in client.get("/").text
    assert len(client.get("/changes.json").json()["items"]) == 1


@pytest.mark.usefixtures("placeholder")
@pytest.mark.parametrize("feed", ["/changes.json", "/articles/1/changes.json"])
def test_a_feed_passes_by_a_placeholder(client: TestClient, feed: str) -> None:
    (item,) = client.get(feed).json()["items"]
    assert item["url"].endswith("/articles/1/diff/1/3")
    assert "working on our pages" not in item["content_html"]


def test_a_feed_says_what_a_change_is_by_now(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, [BEFORE[0], *AFTER[1:], BOX])
    before = client.get("/changes.json")
    learn_boilerplate(store, "paper", BOX.text)
    store.reassessing.for_boilerplate("paper", 1, 2, from_iso(AT))
    after = client.get("/changes.json", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    old, new = (answer.json()["items"][0] for answer in (before, after))
    assert (old["id"], old["summary"]) != (new["id"], new["summary"])
    assert new["summary"] in new["content_html"]


# --- The history --------------------------------------------------------------------------------


@pytest.mark.usefixtures("placeholder")
def test_the_history_marks_a_placeholder_and_compares_over_it(client: TestClient) -> None:
    page = client.get("/articles/1").text
    assert PLACEHOLDER in page
    assert 'href="/articles/1/diff/1/3"' in page
    assert 'href="/articles/1/diff/2/3"' not in page
    assert page.count('<circle class="minor"') == 1
    chosen = re.findall(r'value="(\d)" selected', page)
    assert chosen == ["1", "3"]
    assert "Version 2, 22 Apr 2025, 14:33 (not the story)" in page


@pytest.mark.usefixtures("false_start")
def test_a_placeholder_is_not_shown_as_the_storys_first_version(client: TestClient) -> None:
    page = text_of(client.get("/articles/1").text)
    first, notice = page.index("First version, 13 words."), page.index(PLACEHOLDER)
    assert page.index("Version 2 22 April") < first < page.index("Version 1 22 April") < notice
    assert page.count("First version") == 1
    assert "/articles/1/diff/1/2" not in client.get("/articles/1").text


@pytest.mark.usefixtures("box")
def test_the_history_marks_what_was_the_pages_doing(client: TestClient) -> None:
    page = text_of(client.get("/articles/1").text)
    assert PAGES_DOING in page
    assert "Changed 0 times, in 2 versions" in page


# --- A version ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("placeholder")
def test_a_version_after_a_placeholder_leads_to_what_it_changed_of_the_story(
    client: TestClient,
) -> None:
    page = client.get("/articles/1/versions/3").text
    assert '<a href="/articles/1/diff/1/3">What this version changed</a>' in page
    assert PLACEHOLDER not in page
    assert PLACEHOLDER in client.get("/articles/1/versions/2").text


@pytest.mark.usefixtures("false_start")
def test_the_first_version_of_the_story_changed_nothing(client: TestClient) -> None:
    assert PLACEHOLDER in client.get("/articles/1/versions/1").text
    page = client.get("/articles/1/versions/2").text
    assert "What this version changed" not in page
    assert PLACEHOLDER not in page


@pytest.mark.usefixtures("box")
def test_a_version_sets_boilerplate_apart_and_says_so(client: TestClient) -> None:
    first, second = (client.get(f"/articles/1/versions/{number}").text for number in (1, 2))
    quiet = f'boilerplate" dir="auto"><span class="unseen">Beside the story: </span>{BOX.text}'
    assert quiet in second
    assert "Passages in grey stand in several articles" in second
    assert "boilerplate" not in first
    assert "Passages in grey" not in first


# --- A comparison -------------------------------------------------------------------------------


@pytest.mark.usefixtures("placeholder")
def test_steps_from_change_to_change_lead_over_a_placeholder(
    store: Store, client: TestClient
) -> None:
    page = client.get("/articles/1/diff/1/2").text
    assert '<a rel="next" href="/articles/1/diff/1/3">' in page
    assert PLACEHOLDER in page
    assert "not the story" in text_of(page)
    page = client.get("/articles/1/diff/1/3").text
    assert 'rel="prev"' not in page
    assert 'rel="next"' not in page


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize("view", ["", "?view=inline", "?view=columns"])
def test_a_comparison_sets_boilerplate_apart(client: TestClient, view: str) -> None:
    page = client.get(f"/articles/1/diff/1/2{view}").text
    assert PAGES_DOING in page
    assert re.search(r'boilerplate" dir="auto"><span class="unseen">[^<]*</span><ins>Sign', page)
    assert "Passages in grey stand in several articles" in page


@pytest.mark.parametrize("view", ["", "?view=inline"])
def test_boilerplate_that_stayed_is_set_apart_too(
    store: Store, client: TestClient, view: str
) -> None:
    add_article(store, [*BEFORE, BOX], [*AFTER, BOX])
    quiet = f"Beside the story: {BOX.text}"
    assert quiet not in text_of(client.get(f"/articles/1/diff/1/2{view}").text)
    learn_boilerplate(store, "paper", BOX.text)
    shown = text_of(client.get(f"/articles/1/diff/1/2{view}").text)
    assert shown.count(quiet) == (1 if view else 2)


def test_a_comparison_says_at_once_that_its_change_is_no_longer_held_back(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER)
    hold(store, 1, 2)
    assert HELD in client.get("/articles/1/diff/1/2").text
    store.reassessing.recount(1, 2, *store.reassessing.texts(1, 2))
    assert HELD not in client.get("/articles/1/diff/1/2").text


# --- Search, sources ----------------------------------------------------------------------------


@pytest.mark.usefixtures("placeholder")
def test_a_search_leads_over_a_placeholder(client: TestClient) -> None:
    page = client.get("/search?q=mayor+stayed&in=removed").text
    assert 'href="/articles/1/diff/1/3">removed</a>' in page
    assert (
        client.get("/search.json?q=mayor+stayed&in=removed")
        .json()["items"][0]["url"]
        .endswith("/articles/1/diff/1/3")
    )
    assert "Nothing was found" in client.get("/search?q=working+on+our+pages").text


@pytest.mark.usefixtures("false_start")
def test_a_search_knows_where_the_story_began(client: TestClient) -> None:
    page = client.get("/search?q=mayor+stayed").text
    assert 'href="/articles/1/versions/2">There from the start</a>' in page


def test_a_source_lists_what_it_sets_beside_its_stories(store: Store, client: TestClient) -> None:
    hostile = "<script>alert(1)</script>"
    for number in range(3):
        add_article(store, story(f"Story {number}", "Rain.", BOX.text), url=f"{URL}{number}")
    assert "sets beside its stories" not in client.get("/sources/paper").text
    learn_boilerplate(store, "paper", BOX.text, hostile)
    page = client.get("/sources/paper").text
    assert f"{BOX.text} 3 22 Apr 2025, 14:00 22 Apr 2025, 18:00" in text_of(page)
    assert hostile not in page
    assert "&lt;script&gt;" in page


def test_a_source_lists_no_more_than_fits(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    learn_boilerplate(store, "paper", *(f"Most read {number}" for number in range(60)))
    page = client.get("/sources/paper").text
    assert page.count("Most read") == 50
    assert "50 texts, those of the most articles" in page
