"""The site in a real browser: what a reader sees, on a phone, in the dark, without JavaScript."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from tests.records import add_article, story

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DIFF = "/articles/1/diff/1/2"
PAGES = [
    "/",
    "/?label=headline&show=all",
    "/articles/1",
    "/articles/1/versions/1",
    DIFF,
    f"{DIFF}?view=inline",
    f"{DIFF}?view=columns",
    "/sources",
    "/sources/paper",
    "/search?q=ferry",
    "/lookup",
    "/about",
    "/api",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
SETTING = [f"The ferry has {number} seats on its upper deck." for number in range(10, 16)]
BEFORE = story("Council denies losing £4.2m", "The mayor stayed.", *SETTING, "It sails in May.")
AFTER = story("Council admits losing £4.6m", "A man resigned.", *SETTING, "It sails in June.")

LATER = [*AFTER, Block("paragraph", "It was late.")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served as it is in earnest."""
    folder = tmp_path_factory.mktemp("data")
    store = Store.open(folder)
    add_article(store, BEFORE, AFTER, LATER, published_at="2025-04-22T13:41:00Z")
    store.db.execute("update articles set next_check_at = '2099-04-22T15:03:00Z'")
    store.close()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(create_app(folder / DATABASE_NAME), log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield "http://{}:{}".format(*listening.getsockname())
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()


def facts(page: Page) -> dict[str, str]:
    names = page.locator(".facts dt").all_inner_texts()
    values = page.locator(".facts dd").all_inner_texts()
    return dict(zip(names, values, strict=True))


def test_the_diff_page_shows_every_fact_of_an_article(page: Page, site: str) -> None:
    page.goto(DIFF)
    shown = facts(page)
    assert shown["Source"] == "paper"
    assert shown["First published"] == "22 April 2025, 13:41 UTC"
    assert shown["First seen"] == "22 April 2025, 14:00 UTC"
    assert shown["Next check for changes"].startswith("22 April 2099, 15:03 UTC")
    assert shown["The article at its source"] == "https://news.example/world/1"
    assert shown["Changed"] == "2 times, in 3 versions"
    assert page.locator(".facts a[href='/articles/1/changes.rss']").is_visible()


def test_the_two_versions_stand_side_by_side_headline_first(page: Page) -> None:
    page.goto(DIFF)
    heads = page.locator(".heads h2").all_inner_texts()
    assert heads[0] == "Version 1 22 April 2025, 14:00 UTC"
    assert heads[1] == "Version 2 22 April 2025, 14:33 UTC (33 minutes later)"
    first = page.locator(".diff .row:not(.heads)").first
    left, right = first.locator(".before"), first.locator(".after")
    assert left.inner_text() == "Council denies losing £4.2m"
    assert right.inner_text() == "Council admits losing £4.6m"
    place = "element => { const box = element.getBoundingClientRect(); return [box.top, box.x] }"
    (left_top, left_x), (right_top, right_x) = left.evaluate(place), right.evaluate(place)
    assert left_top == right_top
    assert left_x < right_x


def test_the_marks_can_be_told_apart_without_colour(page: Page) -> None:
    page.goto(DIFF)
    removed = page.locator("del").first
    added = page.locator("ins").first
    assert "denies" in removed.inner_text()
    assert "admits" in added.inner_text()
    line = "element => getComputedStyle(element).textDecorationLine"
    assert removed.evaluate(line) == "line-through"
    assert added.evaluate(line) == "underline"


def test_an_unchanged_stretch_is_folded_and_unfolds(page: Page) -> None:
    page.goto(DIFF)
    fold = page.locator("details.folded")
    assert fold.locator("summary").inner_text() == "4 paragraphs unchanged"
    hidden = page.get_by_text("13 seats").first
    assert not hidden.is_visible()
    fold.locator("summary").click()
    assert hidden.is_visible()


def test_any_two_versions_can_be_chosen(page: Page) -> None:
    page.goto("/articles/1")
    page.get_by_label("Compare").select_option("1")
    page.get_by_label("with").select_option("2")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**{DIFF}")


def test_the_front_page_leads_to_the_change(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="denies").click()
    page.wait_for_url(f"**{DIFF}")


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_no_page_is_wider_than_the_screen(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    context.close()


def test_a_removed_sentence_is_found_and_seen_where_it_went(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words").fill('"mayor stayed"')
    page.get_by_label("Where").select_option("removed")
    page.get_by_role("button", name="Search").click()
    assert page.locator("mark").inner_text() == "mayor stayed"
    page.get_by_role("link", name="taken out").click()
    page.wait_for_url(f"**{DIFF}")


def test_changes_are_filtered(page: Page) -> None:
    page.goto("/")
    assert page.locator(".changes > li").count() == 2
    page.get_by_label("What changed").select_option("headline")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator(".changes > li").count() == 1


def test_a_phone_shows_one_column_and_no_text_twice(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(DIFF)
    seats = page.get_by_text("10 seats")
    assert [seats.nth(index).is_visible() for index in range(seats.count())] == [False, True]
    context.close()


def test_the_dark_is_dark(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto(DIFF)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in paper.removeprefix("rgb(").rstrip(")").split(",")) < 64
    context.close()


def test_keys_go_from_edit_to_edit_and_can_be_turned_off(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 400})
    page = context.new_page()
    page.goto(DIFF)
    focused = "document.activeElement.id"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) != first
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.get_by_role("button", name="Turn them off").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.reload()
    assert page.get_by_role("button", name="Turn them on").is_visible()
    context.close()


def test_brackets_go_from_change_to_change(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto(DIFF)
    page.keyboard.press("]")
    page.wait_for_url("**/articles/1/diff/2/3")
    page.keyboard.press("[")
    page.wait_for_url(f"**{DIFF}")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_are_accessible(browser: Browser, site: str, width: int, scheme: Scheme) -> None:
    """Judged by axe-core, rules of WCAG 2.2 AA and its best practice."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        report = Axe().run(page, options={"runOnly": RULES})
        assert report.violations_count == 0, f"{path}: {report.generate_report()}"
    context.close()


def test_pages_load_without_a_word_from_the_console_or_a_request_elsewhere(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    for path in PAGES:
        page.goto(path)
    assert [line for line in said if not line.startswith(site)] == []
    context.close()
