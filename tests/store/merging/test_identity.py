"""A story that moves, or is found under two addresses, has one record in the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import READING, Block, Check
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import NoSuchArticleError, StaleVersionError, Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchQuery
from newsdiff_crawler.store.reading.search_terms import parse_query
from newsdiff_crawler.text import content_hash
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import (
    FIRST_SEEN,
    URL,
    add_article,
    add_version,
    empty_store,
    fetched_page,
    parsed_page,
    story,
)
from tests.support.statements import statements

NEW_URL = URL + "-2"
LATER = "2025-04-23T14:00:00Z"  # than what was first seen
AT = "2025-04-24T08:00:00Z"
NOW = from_iso(AT)

KEPT = "The old bridge over the Wex will close on Monday for repairs that take a month."
FIRST = story("Bridge to close", KEPT, "Drivers go round by Marsh Lane.")
SECOND = story("Bridge to close", KEPT, "Drivers go round by Stanton.")
THIRD = story("Bridge closed", KEPT, "Drivers go round by Stanton.", "Shops complain.")
OTHER = story("Fire in the mill", "Sixty people had to leave their homes overnight.")


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.db.execute(sql).fetchall()]


def articles(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "select id, url, version_count from articles order by id")


def addresses(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "select url, article_id from article_urls order by url")


def events(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "select article_id, kind, detail from events order by id")


def merged(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "select id, article_id, shift from merged_articles order by id")


def moved(store: Store, article_id: int, url: str = NEW_URL, to: str = URL) -> int:
    """A check of an article whose URL `to` redirects to another one."""
    return store.identities.settle(article_id, url, AT, moved_from=to)


def named(store: Store, article_id: int, url: str) -> int:
    """A check of an article whose page says that this is its URL."""
    return store.identities.settle(article_id, url, AT)


# --- One record -----------------------------------------------------------------------------------


def test_a_move_is_an_event_and_the_article_stays_the_same(store: Store) -> None:
    article = add_article(store, FIRST)
    assert moved(store, article) == article
    assert events(store) == [(article, "moved", f"from {URL} to {NEW_URL}")]
    assert articles(store) == [(article, NEW_URL, 1)]
    assert store.queue.track("paper", [URL, NEW_URL], NOW) == 0


def test_a_move_is_told_once(store: Store) -> None:
    article = add_article(store, FIRST)
    moved(store, article)
    moved(store, article)
    assert len(events(store)) == 1


def test_an_article_that_was_never_seen_has_not_moved(store: Store) -> None:
    article = add_article(store)
    assert moved(store, article) == article
    assert events(store) == []
    assert articles(store) == [(article, NEW_URL, 0)]


def test_an_article_takes_its_canonical_url_and_is_still_known_by_the_other(store: Store) -> None:
    article = add_article(store)
    assert named(store, article, NEW_URL) == article
    assert store.queue.track("paper", [URL, NEW_URL], NOW) == 0
    assert articles(store) == [(article, NEW_URL, 0)]


def test_an_id_that_was_never_an_articles_is_refused(store: Store) -> None:
    with pytest.raises(NoSuchArticleError):
        named(store, 7, URL)


# --- Two records, one of them without a version ---------------------------------------------------


def test_an_article_without_a_version_gives_way_to_the_one_that_its_page_names(
    store: Store,
) -> None:
    article, alias = add_article(store, FIRST), add_article(store, url=NEW_URL)
    assert named(store, alias, URL) == article
    assert articles(store) == [(article, URL, 1)]
    assert addresses(store) == [(URL, article), (NEW_URL, article)]
    assert events(store) == []
    assert merged(store) == [(alias, article, 0)]


def test_an_article_takes_in_one_without_a_version_at_the_address_that_it_moved_to(
    store: Store,
) -> None:
    article, listed = add_article(store, FIRST), add_article(store, url=NEW_URL)
    store.db.insert("events", {"article_id": listed, "at": AT, "kind": "gone"})
    store.db.update("articles", listed, {"hinted_by": 7, "hinted_while_claimed": 1})
    assert moved(store, article) == article
    assert articles(store) == [(article, NEW_URL, 1)]
    assert addresses(store) == [(URL, article), (NEW_URL, article)]
    assert events(store) == [
        (article, "gone", None),
        (article, "moved", f"from {URL} to {NEW_URL}"),
    ]
    assert rows(store, "select hinted_by, hinted_while_claimed from articles") == [(7, 1)]
    assert merged(store) == [(listed, article, 0)]


# --- Two records with versions --------------------------------------------------------------------


def two(store: Store, *texts: Sequence[Block], source: str = "paper") -> tuple[int, int]:
    """A story that was read once under its old address, and so often under its new one."""
    old = add_article(store, FIRST)
    return old, add_article(store, *texts, url=NEW_URL, first_seen_at=LATER, source=source)


def test_the_later_articles_versions_become_the_next_ones_of_the_earlier(store: Store) -> None:
    old, new = two(store, SECOND, THIRD)
    assert moved(store, old) == old
    assert articles(store) == [(old, NEW_URL, 3)]
    assert [store.blocks(old, number) for number in (1, 2, 3)] == [FIRST, SECOND, THIRD]
    assert events(store) == [(old, "moved", f"from {URL} to {NEW_URL}")]
    assert merged(store) == [(new, old, 1)]
    passages = "select article_id, text, first_version, last_version from passages order by id"
    assert rows(store, passages) == [
        (old, "Bridge to close", 1, 2),
        (old, KEPT, 1, 3),
        (old, "Drivers go round by Marsh Lane.", 1, 1),
        (old, "Drivers go round by Stanton.", 2, 3),
        (old, "Bridge closed", 3, 3),
        (old, "Shops complain.", 3, 3),
    ]


def test_it_makes_no_difference_which_of_the_two_is_checked(store: Store) -> None:
    old, new = two(store, SECOND)
    assert named(store, new, URL) == old
    assert articles(store) == [(old, URL, 2)]
    assert events(store) == []
    assert merged(store) == [(new, old, 1)]


def test_a_text_that_both_have_where_they_meet_is_stored_once(store: Store) -> None:
    old, new = two(store, FIRST, SECOND, FIRST)
    assert moved(store, old) == old
    assert articles(store) == [(old, NEW_URL, 3)]
    reverts = rows(store, "select number, reverts_to from versions order by number")
    assert reverts == [(1, None), (2, None), (3, 1)]
    assert merged(store) == [(new, old, 0)]


def test_the_same_text_marked_up_in_another_way_is_stored_once(store: Store) -> None:
    as_list = [FIRST[0], FIRST[1], Block("list_item", FIRST[2].text)]
    old, _ = two(store, as_list, SECOND)
    assert moved(store, old) == old
    assert [store.blocks(old, number) for number in (1, 2)] == [FIRST, SECOND]
    removed = rows(
        store, "select p.kind, r.number from removals r join passages p on p.id = passage_id"
    )
    assert removed == [("paragraph", 2)]


def test_the_change_where_they_meet_is_one_like_any_other(store: Store) -> None:
    old, _ = two(store, SECOND)
    moved(store, old)
    version = """select fetched_at, summary, words_added, words_removed, blocks_edited, labels,
                     cosmetic, parser_changed from versions where number = 2"""
    labels = '["names", "altered"]'
    summary = "Name altered: Marsh Lane → Stanton; 1 paragraph edited"
    assert rows(store, version) == [(LATER, summary, 1, 2, 1, labels, 0, 0)]
    assert rows(
        store, "select label, fetched_at, article_id, number from change_labels order by label"
    ) == [
        ("altered", LATER, old, 2),
        ("names", LATER, old, 2),
    ]
    assert rows(store, "select change_count, last_real_change_at from articles") == [(1, LATER)]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("Updated at 10:15 GMT on Monday.", "Updated at 11:40 GMT on Monday."),
        ("“Gone”, he said.", '"Gone" he said.'),
    ],
)
def test_looks_alone_where_they_meet_are_cosmetic(store: Store, last: str, first: str) -> None:
    old = add_article(store, story("Bridge to close", KEPT, last))
    text = story("Bridge to close", KEPT, first)
    add_article(store, text, url=NEW_URL, first_seen_at=LATER)
    moved(store, old)
    assert rows(store, "select minor from versions order by number") == [(None,), ("cosmetic",)]
    assert rows(store, "select change_count from articles") == [(0,)]


def test_records_that_were_begun_at_one_time_go_in_the_order_of_their_ids(store: Store) -> None:
    old = add_article(store, FIRST)
    new = add_article(store, SECOND, url=NEW_URL)
    assert named(store, new, URL) == old
    assert store.blocks(old, 2) == SECOND


def test_a_story_was_first_seen_when_either_was(store: Store) -> None:
    listed = add_article(store, url=NEW_URL, first_seen_at="2025-04-20T14:00:00Z")
    old = add_article(store, FIRST)
    moved(store, old)
    assert listed < old
    assert rows(store, "select first_seen_at from articles") == [("2025-04-20T14:00:00Z",)]


@pytest.mark.parametrize(("later", "seen"), [(FIRST, LATER), (SECOND, FIRST_SEEN)])
def test_a_text_that_both_had_was_last_seen_when_the_later_one_was(
    store: Store, later: list[Block], seen: str
) -> None:
    old, _ = two(store, later)
    moved(store, old)
    first = store.db.query("select confirmed_at from versions where number = 1")
    assert first == [{"confirmed_at": seen}]
    assert rows(store, "select confirmed_at from articles") == [(LATER,)]


def test_a_claim_of_the_survivor_stays_its_crawls(store: Store) -> None:
    old, _ = two(store, SECOND)
    lease_end = "2025-04-24T08:30:00Z"
    store.db.update("articles", old, {"claimed_by": 7, "next_check_at": lease_end})
    moved(store, old)
    claim = rows(store, "select claimed_by, next_check_at from articles")
    assert claim == [(7, lease_end)]


def test_another_parsers_reading_where_they_meet_is_no_change(store: Store) -> None:
    old = add_article(store, FIRST)
    new = add_article(store, url=NEW_URL)
    add_version(store, new, 1, SECOND, LATER, parser="paper/2027")
    moved(store, old)
    assert rows(store, "select minor from versions order by number") == [(None,), ("parser",)]
    assert rows(store, "select count(*) from removals") == [(0,)]
    row = "select change_count, last_real_change_at, parser from articles"
    assert rows(store, row) == [(0, None, "paper/2027")]


def test_the_survivor_stands_as_the_last_check_at_either_left_it(store: Store) -> None:
    old, new = two(store, SECOND)
    store.db.update("articles", old, {"etag": '"old"', "state": "retired", "failures": 3})
    store.db.update("articles", old, {"next_check_at": None})
    seen = {"etag": '"new"', "last_modified": "now", "body_hash": "b", "not_modified": 2}
    due = {"next_check_at": AT, "published_at": "2025-04-22T13:00:00Z", "wait": 60}
    store.db.update("articles", new, seen | due)
    moved(store, old)
    (row,) = store.db.query("select * from articles")
    assert row == {
        "id": old,
        "source": "paper",
        "url": NEW_URL,
        "title": "Bridge to close",
        "first_seen_at": FIRST_SEEN,
        "published_at": None,  # as the last version says
        "last_checked_at": LATER,
        "last_changed_at": LATER,
        "last_real_change_at": LATER,
        "next_check_at": AT,
        "wait": 60,
        "state": "live",
        "version_count": 2,
        "change_count": 1,
        "parser": "paper/2026",
        "reading": READING,
        "seen_hash": content_hash(block.text for block in SECOND),
        "etag": '"new"',
        "last_modified": "now",
        "body_hash": "b",
        "not_modified": 2,
        "failures": 0,
        "absent_since": None,
        "claimed_by": None,
        "trial_url": None,
        "unconfirmed": 0,
        "hinted_by": None,
        "hinted_while_claimed": 0,
        "last_error": None,
        "confirmed_at": LATER,
    }


def test_validators_are_kept_for_the_url_that_they_are_for(store: Store) -> None:
    _, new = two(store, SECOND)
    store.db.update("articles", new, {"etag": '"new"', "body_hash": "b"})
    named(store, new, URL)
    assert rows(store, "select etag, body_hash from articles") == [(None, "b")]


def test_what_was_taken_out_is_found_wherever_it_was(store: Store, records: Records) -> None:
    old, _ = two(store, SECOND, THIRD, FIRST)
    moved(store, old)
    hits = records.search.find(SearchQuery("stanton", where="removed")).hits
    assert [(hit.text, hit.article_id, hit.last_version) for hit in hits] == [
        ("Drivers go round by Stanton.", old, 3)
    ]
    (back,) = records.search.find(SearchQuery("marsh", where="removed")).hits
    assert (back.went_in, back.back_in) == (2, 4)
    everywhere = records.search.find(SearchQuery("marsh")).hits
    assert [(hit.first_version, hit.last_version) for hit in everywhere] == [(1, 4)]


@pytest.mark.sqlite
def test_labels_are_found_by_their_key(store: Store) -> None:
    old, _ = two(store, SECOND, THIRD, FIRST)
    with statements(store) as made:
        moved(store, old)
    updates = [sql for sql in made if sql.startswith("update change_labels")]
    plans = [rows(store, f"explain query plan {sql}") for sql in updates]
    assert updates
    assert not any("SCAN" in step[-1] for plan in plans for step in plan)


# --- Two records that stay two --------------------------------------------------------------------


def stay_two(store: Store, old: int, new: int) -> bool:
    before = rows(store, "select * from versions") + rows(store, "select * from passages")
    place = moved(store, old)
    after = rows(store, "select * from versions") + rows(store, "select * from passages")
    still = [(URL, old), (NEW_URL, new)]
    return place == old and after == before and addresses(store) == still and not merged(store)


def test_a_withdrawn_story_that_leads_to_another_one_stays_itself(store: Store) -> None:
    old, new = two(store, OTHER)
    assert stay_two(store, old, new)
    assert stay_two(store, old, new)
    assert events(store) == [(old, "moved", f"from {URL} to {NEW_URL}")]


def test_a_page_that_names_another_story_stays_itself(store: Store) -> None:
    _, new = two(store, OTHER)
    assert named(store, new, URL) == new
    assert addresses(store) == [(URL, 1), (NEW_URL, 2)]
    assert events(store) == []


def test_stories_that_were_edited_while_the_other_was_there_stay_two(store: Store) -> None:
    old = add_article(store, FIRST, SECOND, apart=timedelta(days=2))
    new = add_article(store, SECOND, url=NEW_URL, first_seen_at=LATER)
    assert stay_two(store, old, new)


def test_articles_of_two_sources_stay_two(store: Store) -> None:
    old, new = two(store, SECOND, source="other")
    assert stay_two(store, old, new)


def test_an_edit_while_the_texts_are_compared_puts_it_off_to_the_next_check(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = two(store, SECOND)
    find = store.identities._find_merge_point

    def find_and_be_overtaken(*where: Any) -> Any:
        merge_point = find(*where)
        add_version(store, new, 2, THIRD, AT)
        return merge_point

    with monkeypatch.context() as patch:
        patch.setattr(store.identities, "_find_merge_point", find_and_be_overtaken)
        assert moved(store, old) == old
    assert articles(store) == [(old, URL, 1), (new, NEW_URL, 2)]
    assert moved(store, old) == old
    assert articles(store) == [(old, NEW_URL, 3)]


def test_what_is_interrupted_leaves_both_as_they_were(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _ = two(store, SECOND)
    tables = ("articles", "article_urls", "versions", "passages", "removals", "change_labels")
    before = [rows(store, f"select * from {table}") for table in tables]

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store.identities, "_follow", die)
    with pytest.raises(KeyboardInterrupt):
        moved(store, old)
    assert [rows(store, f"select * from {table}") for table in tables] == before
    assert merged(store) == []


# --- Former ids -----------------------------------------------------------------------------------


def test_a_former_id_is_never_given_to_another_article(store: Store) -> None:
    old, new = two(store, SECOND)
    moved(store, old)
    assert add_article(store, url=URL + "-3") == new + 1


def test_a_former_id_leads_on_however_often_its_article_became_another(store: Store) -> None:
    add_article(store, FIRST)
    second = add_article(store, SECOND, url=NEW_URL, first_seen_at=LATER)
    third = add_article(store, THIRD, FIRST, url=URL + "-3", first_seen_at=AT)
    at = "2025-04-25T08:00:00Z"
    assert store.identities.settle(second, URL + "-3", at, moved_from=NEW_URL) == second
    assert merged(store) == [(third, second, 1)]
    assert store.identities.settle(1, URL + "-3", at, moved_from=URL) == 1
    assert merged(store) == [(second, 1, 1), (third, 1, 2)]
    assert [store.identities.current(each) for each in (1, second, third)] == [1, 1, 1]


def test_a_check_at_an_article_that_is_part_of_another_one_by_now_is_one_at_that(
    store: Store,
) -> None:
    old, new = two(store, SECOND)
    moved(store, old)
    assert named(store, new, NEW_URL) == old
    assert named(store, new, URL + "-3") == old
    assert articles(store) == [(old, URL + "-3", 2)]


def test_what_is_recorded_of_an_article_that_just_went_is_refused_whole(store: Store) -> None:
    old, new = two(store, SECOND)
    fetched = fetched_page(store, new, parsed_page(THIRD), AT)
    version = new_version(Candidate(fetched, store.latest(new, fetched.content_hash)))
    schedule_state = after_check("gone", store.schedule_state(new), NOW)
    moved(store, old)
    check = Check("paper", NEW_URL, new, "gone", AT, "HTTP 404")
    with pytest.raises(NoSuchArticleError):
        store.record_check(check, replace(schedule_state, event=("gone", "HTTP 404")))
    with pytest.raises(NoSuchArticleError):
        store.add_version(version, schedule_state)
    assert [kind for _, kind, _ in events(store)] == ["moved"]


# --- Hidden ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("texts", [(), (SECOND,)])
def test_what_becomes_one_with_a_hidden_article_is_hidden(
    store: Store, which: int, texts: tuple[Sequence[Block], ...]
) -> None:
    both = two(store, *texts)
    hidden = {"state": "hidden", "next_check_at": None}
    store.db.update("articles", both[which], hidden)
    assert moved(store, both[0]) == both[0]
    assert rows(store, "select state, next_check_at from articles") == [("hidden", None)]
    assert events(store)[0] == (both[0], "hidden", "is one with an article that was hidden")


def test_a_check_at_an_article_that_was_taken_down_meanwhile_stores_nothing(store: Store) -> None:
    article = add_article(store, FIRST)
    store.db.update("articles", article, {"state": "hidden"})
    with pytest.raises(StaleVersionError):
        add_version(store, article, 2, SECOND, AT)
    assert rows(store, "select version_count from articles") == [(1,)]
    assert rows(store, "select number from versions") == [(1,)]


# --- Whatever the histories -----------------------------------------------------------------------


class ReadText(NamedTuple):
    headline: str
    paragraphs: list[str]
    parser: str

    def text(self) -> list[Block]:
        return story(self.headline, KEPT, *self.paragraphs)


def without_repeats(texts_read: list[ReadText]) -> list[ReadText]:
    """No text twice in a row: that is no version."""
    return [
        text_read
        for place, text_read in enumerate(texts_read)
        if not place or text_read.text() != texts_read[place - 1].text()
    ]


texts_read = st.lists(
    st.builds(
        ReadText,
        headline=st.sampled_from(["Bridge to close", "Bridge to close!", "Bridge closed"]),
        paragraphs=st.lists(
            st.sampled_from(["Shops complain.", "Shops complain!", "Rain is near.", "雨が近い。"]),
            max_size=3,
            unique=True,
        ),
        parser=st.sampled_from(["paper/2026", "paper/2026", "paper/2027"]),
    ),
    min_size=1,
    max_size=5,
).map(without_repeats)


def write(store: Store, url: str, texts: Sequence[ReadText], start: int = 0) -> int:
    """The article that read so, hour by hour."""
    article = add_article(store, url=url)
    for number, text_read in enumerate(texts, start=1):
        at = to_iso(from_iso(FIRST_SEEN) + timedelta(hours=start + number))
        add_version(store, article, number, text_read.text(), at, parser=text_read.parser)
    return article


def record(store: Store, article: int) -> dict[str, list[Any]]:
    """All that is kept of an article's versions, without ids."""
    of_addresses = ("article_id", "layout", "fetched_url", "version_hash", "previous_hash")
    skipped = (*of_addresses, "confirmed_at")  # one sees a text twice where the other sees it once
    versions = [
        {name: value for name, value in row.items() if name not in skipped}
        for row in store.db.query("select * from versions order by number")
    ]
    passage = "p.kind, p.text, p.first_version, p.last_version"
    removed = f"select {passage}, number from removals r join passages p on p.id = passage_id"
    return {
        "versions": versions,
        "texts": [store.blocks(article, row["number"]) for row in versions],
        "passages": sorted(rows(store, f"select {passage} from passages p")),
        "removals": sorted(rows(store, removed)),
        "labels": sorted(rows(store, "select * from change_labels")),
        "article": rows(
            store,
            """select title, parser, seen_hash, version_count, change_count, first_seen_at,
                      last_changed_at, last_real_change_at from articles""",
        ),
        "found": sorted(
            (word, *found[0])
            for word in ("bridge", "shops", "rain", "雨")
            for id_ in store.db.search_index.hits(parse_query(word))
            if (found := rows(store, f"select {passage} from passages p where id = {id_}"))
        ),
    }


@settings(max_examples=150)
@given(before=texts_read, after=texts_read)
def test_two_records_become_what_one_would_have_been(
    before: list[ReadText], after: list[ReadText]
) -> None:
    same = content_hash(block.text for block in before[-1].text()) == content_hash(
        block.text for block in after[0].text()
    )
    assume(not same or before[-1].parser == after[0].parser)
    two, one = empty_store(), empty_store()
    old = write(two, URL, before)
    new = write(two, NEW_URL, after, start=len(before))
    assert moved(two, old) == old
    assert merged(two) == [(new, old, len(before) - same)]
    expected = write(one, URL, before)
    for number, text_read in enumerate(after, start=1):
        if same and number == 1:
            continue
        at = to_iso(from_iso(FIRST_SEEN) + timedelta(hours=len(before) + number))
        number += len(before) - same
        add_version(one, expected, number, text_read.text(), at, parser=text_read.parser)
    assert record(two, old) == record(one, expected)
    for store in (two, one):
        store.close()


def test_layouts_are_written_as_they_always_are(store: Store) -> None:
    old, _ = two(store, SECOND)
    moved(store, old)
    layouts = [row[0] for row in rows(store, "select layout from versions order by number")]
    assert layouts == [json.dumps(json.loads(layout), separators=(",", ":")) for layout in layouts]


def test_what_an_article_was_before_it_was_read_anew_goes_along(store: Store) -> None:
    """Its versions' former hashes, by the numbers that they have then."""
    earlier = add_article(store, story("Rain", "It rained."), url=f"{URL}/a")
    texts = story("Rain", "It rained."), story("Rain", "It rained, and it snowed.")
    later = add_article(store, *texts, url=f"{URL}/b", first_seen_at="2025-05-01T00:00:00Z")
    row = {"article_id": later, "number": 2, "at": "2025-06-01T00:00:00Z", "became": 2}
    store.db.insert("rereadings", {**row, "version_hash": "f"})
    store.identities.settle(later, f"{URL}/a", "2025-06-02T00:00:00Z")
    (kept,) = store.db.query("select * from rereadings")
    assert (kept["article_id"], kept["number"], kept["became"]) == (earlier, 2, 2)


def test_an_article_that_was_erased_is_one_with_no_other(store: Store) -> None:
    erased = add_article(store, story("Rain", "It rained."), url=f"{URL}/a")
    other = add_article(
        store, story("Rain", "It rained."), url=f"{URL}/b", first_seen_at="2025-05-01T00:00:00Z"
    )
    store.erasures.begin([f"{URL}/a"], "2025-06-01T00:00:00Z", "asked for")
    assert store.identities.settle(other, f"{URL}/a", "2025-06-02T00:00:00Z") == other
    states = store.db.query("select id, state from articles order by id")
    assert states == [{"id": erased, "state": "hidden"}, {"id": other, "state": "live"}]
