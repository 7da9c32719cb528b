"""What a reader does on the site, in a real browser and mostly without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

DIFF = "/articles/1/diff/1/2"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Without JavaScript: everything but the keys works so."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser, site: str) -> Iterator[Page]:
    """With JavaScript, in a window too low for a whole comparison."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 400})
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
    assert shown["The article at its source"].startswith("https://news.example/world/1")
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


def test_a_removed_sentence_is_found_and_leads_to_its_removal(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words").fill('"mayor stayed"')
    page.get_by_label("Where").select_option("removed")
    page.get_by_role("button", name="Search").click()
    assert page.locator("mark").inner_text() == "mayor stayed"
    page.get_by_role("link", name="removed").click()
    page.wait_for_url(f"**{DIFF}")


def test_a_long_unchanged_part_is_folded_unfolds_and_folds_again(page: Page) -> None:
    page.goto(DIFF)
    summary = page.locator("details.folded summary")
    assert summary.inner_text() == "4 paragraphs unchanged"
    hidden = page.get_by_text("13 seats").first
    for visible in (True, False):
        summary.click()
        assert hidden.is_visible() is visible


def test_any_two_versions_can_be_chosen(page: Page) -> None:
    page.goto("/articles/1")
    page.get_by_label("Compare").select_option("1")
    page.get_by_label("with").select_option("3")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/articles/1/diff/1/3")
    heads = page.locator(".heads h2").all_inner_texts()
    assert [head[:9] for head in heads] == ["Version 1", "Version 3"]
    assert "1 hour 6 minutes later" in heads[1]
    page.get_by_label("with").select_option("2")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**{DIFF}")


def test_changes_are_filtered_and_lead_to_the_comparison(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Source").select_option("paper")
    page.get_by_label("What changed").select_option("headline")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator("h1").inner_text() == "Latest changes in paper: Headline"
    assert page.locator(".changes > li").count() == 1
    page.get_by_role("link", name="denies").click()
    page.wait_for_url(f"**{DIFF}")


def test_hidden_changes_are_counted_and_shown_on_demand(page: Page) -> None:
    page.goto("/?source=herald")
    shown = page.locator(".changes > li").count()
    assert "1 change hidden among these" in page.locator(".remark").inner_text()
    page.get_by_role("link", name="Show every change").click()
    assert page.locator(".changes > li").count() == shown + 1
    page.get_by_role("link", name="Hide them").click()
    assert page.locator(".changes > li").count() == shown


def test_a_history_leads_to_a_comparison_and_on_to_the_next(page: Page) -> None:
    page.goto("/articles/1")
    page.locator("#version-2").get_by_role("link", name="See what changed").click()
    page.wait_for_url(f"**{DIFF}")
    page.get_by_role("link", name="Next change").click()
    page.wait_for_url("**/articles/1/diff/2/3")
    page.get_by_role("link", name="Previous change").click()
    page.wait_for_url(f"**{DIFF}")


def test_the_timeline_leads_to_versions_and_events(page: Page) -> None:
    page.goto("/articles/1")
    page.get_by_role("link", name="Version 1, 22 April").click()
    assert "First version" in page.locator(":target").inner_text()
    page.goto("/articles/2")
    page.get_by_role("link", name="Back at its source").click()
    assert "27 April 2025, 10:00 UTC: Back at its source" in page.locator(":target").inner_text()


def test_what_moved_leads_to_where_it_went(page: Page) -> None:
    page.goto("/articles/2/diff/1/2")
    page.get_by_role("link", name="to here").click()
    there = page.locator(".row:target")
    assert "letter asked for receipts" in there.inner_text()
    assert "from here" in there.inner_text()


def test_a_label_leads_to_what_it_is_about(page: Page) -> None:
    page.goto(DIFF)
    page.get_by_role("link", name="Figures").click()
    assert "£4.6m" in page.locator(".row:target").inner_text()


def test_the_comparison_is_shown_in_one_column_or_two(page: Page) -> None:
    page.goto(DIFF)
    page.get_by_role("link", name="One column").click()
    assert len(columns(page.locator(".row.edited"))) == 1
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("link", name="Side by side").click()
    assert len(columns(page.locator(".row.edited"))) == 2


def columns(rows: Locator) -> set[float]:
    """Where the texts of rows begin, from the left."""
    texts = rows.locator("p:not(.note)")
    return {texts.nth(place).bounding_box()["x"] for place in range(texts.count())}  # type: ignore[index]


def test_a_phone_shows_one_column_and_no_text_twice(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(DIFF)
    assert len(columns(page.locator(".row.edited"))) == 1
    seats = page.get_by_text("10 seats")
    assert [seats.nth(index).is_visible() for index in range(seats.count())] == [
        False,
        True,
    ]


def test_keys_go_from_edit_to_edit_and_can_be_turned_off(scripted: Page) -> None:
    scripted.goto(DIFF)
    focused = "document.activeElement.id"
    scripted.keyboard.press("j")
    first = scripted.evaluate(focused)
    scripted.keyboard.press("j")
    assert scripted.evaluate(focused) != first
    scripted.keyboard.press("k")
    assert scripted.evaluate(focused) == first
    scripted.get_by_role("button", name="Turn them off").click()
    scripted.keyboard.press("j")
    assert scripted.evaluate("document.activeElement.tagName") == "BUTTON"
    scripted.reload()
    assert scripted.get_by_role("button", name="Turn them on").is_visible()


def test_brackets_go_from_change_to_change(scripted: Page) -> None:
    scripted.goto(DIFF)
    scripted.keyboard.press("]")
    scripted.wait_for_url("**/articles/1/diff/2/3")
    scripted.keyboard.press("[")
    scripted.wait_for_url(f"**{DIFF}")


def test_a_key_means_nothing_where_a_reader_types(scripted: Page) -> None:
    scripted.goto(DIFF)
    scripted.get_by_label("with").focus()
    scripted.keyboard.press("]")
    scripted.keyboard.press("j")
    assert scripted.evaluate("document.activeElement.id") == "choose-b"
    assert scripted.url.endswith(DIFF)


def test_another_text_is_folded_until_a_reader_wants_it(page: Page) -> None:
    page.goto("/articles/7")
    text = page.get_by_text("We are working on our pages").first
    assert not text.is_visible()
    page.locator("#other-texts summary").filter(has_text="Please stand by").click()
    assert text.is_visible()


def test_boilerplate_is_quiet_and_its_word_is_for_screen_readers_only(page: Page) -> None:
    page.goto("/articles/7/versions/4")
    colour = "element => getComputedStyle(element).color"
    box, text = page.locator(".boilerplate").first, page.get_by_text("Work begins in May.")
    assert box.evaluate(colour) != text.evaluate(colour)
    width = "element => element.getBoundingClientRect().width"
    assert box.locator(".unseen").evaluate(width) <= 1


def test_a_reader_goes_from_change_to_change_over_a_placeholder(page: Page) -> None:
    page.goto("/articles/7/diff/1/2")
    page.get_by_role("link", name="Next change").click()
    page.wait_for_url("**/articles/7/diff/1/3")
    page.get_by_role("link", name="Next change").click()
    page.wait_for_url("**/articles/7/diff/3/4")
    page.get_by_role("link", name="Previous change").click()
    page.wait_for_url("**/articles/7/diff/1/3")
