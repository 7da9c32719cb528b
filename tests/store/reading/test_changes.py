"""Lists of changes: what is in them, in what order, and where a page of them ends."""

from __future__ import annotations

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.changes import Change, ChangeFilter, position
from newsdiff_crawler.store.reading.records import Records
from tests.support.other_texts import NOTICE, hold, make_first_placeholder, make_placeholder
from tests.support.records import URL, add_article, add_version, story

ONE, TWO, THREE = (story("Title", text) for text in ("First words.", "Second words.", "Third."))


def places(changes: list[Change]) -> list[tuple[int, int]]:
    """Which changes these are: article and newer version."""
    return [(change.article_id, change.to_version) for change in changes]


def test_a_change_knows_both_versions_and_what_differs(store: Store, records: Records) -> None:
    add_article(store, story("Old", "Rain."), story("New", "Rain."))
    (change,) = records.changes.of(1)
    assert (change.from_title, change.to_title) == ("Old", "New")
    assert (change.from_at, change.to_at) == ("2025-04-22T14:00:00Z", "2025-04-22T14:33:00Z")
    assert (change.counts.words_added, change.counts.title_changed) == (1, True)
    assert change.summary == "Headline rewritten"


def test_changes_of_no_substance_say_why(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE, TWO, ONE, THREE, story("Title", "“Third”"))
    add_version(store, article_id, 6, story("Title", "Sixth."), parser="paper/2027")
    minor = {change.to_version: change.minor for change in records.changes.of(article_id)}
    assert minor == {2: None, 3: "reverted", 4: None, 5: "cosmetic", 6: "parser"}


def test_they_are_left_out_unless_everything_is_wanted(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO, ONE)
    assert places(records.changes.latest(ChangeFilter())) == [(1, 2)]
    assert places(records.changes.latest(ChangeFilter(with_minor=True))) == [(1, 3), (1, 2)]


def test_they_are_counted(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO, ONE)
    day = ("2025-04-22T00:00:00Z", "2025-04-22T23:00:00Z")
    assert records.changes.minor_count(ChangeFilter(), *day) == 1
    assert records.changes.minor_count(ChangeFilter(source="paper"), *day) == 1
    assert records.changes.minor_count(ChangeFilter(source="other"), *day) == 0
    assert records.changes.minor_count(ChangeFilter(), day[1], day[1]) == 0


def test_a_list_continues_where_its_page_ended(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO, THREE)
    add_article(store, ONE, TWO, url=URL + "2")
    first = records.changes.latest(ChangeFilter(), limit=2)
    rest = records.changes.latest(ChangeFilter(), position(first[-1], ChangeFilter()))
    assert places(first + rest) == [(1, 3), (2, 2), (1, 2)]


def test_a_list_of_one_source_has_no_other(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO)
    add_article(store, ONE, TWO, url=URL + "2", source="other")
    assert places(records.changes.latest(ChangeFilter(source="other"))) == [(2, 2)]


def test_a_list_of_a_label_has_only_changes_that_carry_it(store: Store, records: Records) -> None:
    for number, source in ((1, "paper"), (2, "other"), (3, "other")):
        add_article(store, ONE, url=f"{URL}{number}", source=source)
    add_version(store, 1, 2, TWO, labels=["figures", "altered"])
    add_version(store, 2, 2, TWO, labels=["figures"])
    add_version(store, 3, 2, TWO, labels=["quotes"])
    assert places(records.changes.latest(ChangeFilter(label="figures"))) == [(2, 2), (1, 2)]
    assert places(records.changes.latest(ChangeFilter(label="figures", source="paper"))) == [(1, 2)]
    assert records.changes.of(1)[0].labels == ["figures", "altered"]


def test_a_labelled_list_continues_where_its_page_ended(store: Store, records: Records) -> None:
    wanted = ChangeFilter(label="figures")
    for number in (1, 2, 3):
        add_article(store, ONE, url=f"{URL}{number}")
        add_version(store, number, 2, TWO, labels=["figures"])
    (first,) = records.changes.latest(wanted, limit=1)
    rest = records.changes.latest(wanted, position(first, wanted))
    assert places([first, *rest]) == [(3, 2), (2, 2), (1, 2)]


def test_a_list_since_a_time_has_nothing_older(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO, THREE)
    assert places(records.changes.latest(ChangeFilter(since="2025-04-22T15:00:00Z"))) == [(1, 3)]


def test_the_largest_changes_come_first_and_go_on(store: Store, records: Records) -> None:
    long = story("Title", "First words.", "A whole new paragraph of many words.")
    add_article(store, ONE, long, TWO)
    add_article(store, ONE, TWO, url=URL + "2")
    wanted = ChangeFilter(largest_first=True)
    first = records.changes.latest(wanted, limit=1)
    rest = records.changes.latest(wanted, position(first[0], wanted))
    assert places(first + rest) == [(1, 3), (1, 2), (2, 2)]


def test_what_follows_a_placeholder_is_compared_with_what_was_there_before(
    store: Store, records: Records
) -> None:
    add_article(store, ONE, NOTICE, TWO)
    make_placeholder(store, 1, 2)
    story_changed, notice = records.changes.of(1)
    assert (story_changed.from_version, story_changed.to_version) == (1, 3)
    assert (story_changed.minor, story_changed.is_placeholder) == (None, False)
    assert (notice.from_version, notice.to_version) == (1, 2)
    assert (notice.minor, notice.is_placeholder) == ("page", True)
    assert places(records.changes.latest(ChangeFilter())) == [(1, 3)]
    assert records.changes.at(1, 3) == story_changed


def test_a_story_that_was_first_read_after_a_placeholder_is_no_change(
    store: Store, records: Records
) -> None:
    add_article(store, NOTICE, ONE, TWO)
    make_first_placeholder(store, 1)
    assert places(records.changes.of(1)) == [(1, 3)]
    assert records.changes.at(1, 2) is None
    for largest_first in (False, True):
        wanted = ChangeFilter(with_minor=True, largest_first=largest_first)
        assert places(records.changes.latest(wanted, limit=1)) == [(1, 3)]


def test_two_placeholders_in_a_row_hide_no_version(store: Store, records: Records) -> None:
    add_article(store, ONE, NOTICE, story("Back soon", "We are sorry."), TWO)
    for number in (2, 3):
        make_placeholder(store, 1, number)
    compared = [(each.from_version, each.to_version) for each in records.changes.of(1)]
    assert compared == [(1, 4), (1, 3), (1, 2)]


def test_what_is_held_back_is_listed_when_asked_for(store: Store, records: Records) -> None:
    add_article(store, ONE, TWO)
    hold(store, 1, 2)
    assert records.changes.latest(ChangeFilter()) == []
    (held,) = records.changes.latest(ChangeFilter(with_minor=True))
    assert held.minor == "held"
