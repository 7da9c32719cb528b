"""Every kind of page in a real browser: on a phone and on a wide screen, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.gallery import ERRORS, ONE_OF_EACH, PAGES

ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def test_no_page_is_wider_than_the_screen(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        for width in (360, 768, 1280, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
    context.close()


@pytest.mark.parametrize(("width", "paths"), [(360, PAGES), (1280, ONE_OF_EACH)])
def test_pages_are_accessible(
    browser: Browser, site: str, width: int, paths: Sequence[str]
) -> None:
    """By axe-core, with its rules for WCAG 2.2 AA and best practice. In the dark only colours
    differ, and only the rules about colours are run."""
    viewport: ViewportSize = {"width": width, "height": 800}
    context = browser.new_context(base_url=site, viewport=viewport, bypass_csp=True)
    page = context.new_page()
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        assert faults(page, ALL_RULES) == [], path
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == [], f"{path}, in the dark"
    context.close()


def faults(page: Page, rules: Any) -> list[str]:
    """The report of axe-core; empty if nothing is wrong."""
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [results.generate_report()] if results.violations_count else []


def test_the_dark_is_dark_and_paper_is_light(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto("/articles/1/diff/1/2")
    assert max(ground(page)) < 64
    page.emulate_media(media="print")
    assert min(ground(page)) > 192
    context.close()


def test_pages_load_without_console_messages_or_requests_to_other_sites(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text))
    page.on("request", lambda request: noted.append(request.url))
    for path in PAGES:
        page.goto(path)
    elsewhere = [line for line in noted if not line.startswith(site)]
    answers = [f"the server responded with a status of {status}" for status in ERRORS.values()]
    assert [line for line in elsewhere if not any(known in line for known in answers)] == []
    context.close()


def ground(page: Page) -> list[int]:
    """Red, green and blue of the page's background."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return [int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
