"""Everything ever published is found, and, for whoever asks, what was taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import open_database
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchHit, SearchQuery
from tests.support.other_texts import NOTICE, make_first_placeholder, make_placeholder
from tests.support.records import URL, add_article, add_version, story

BEFORE = story("Ferry late", "The mayor denied everything.", "Rain fell on the café.")
AFTER = story("Ferry late", "A spokesman declined to comment.", "Rain fell on the café.")


def texts(records: Records, text: str, **conditions: str) -> list[str]:
    return [hit.text for hit in records.search.find(SearchQuery(text, **conditions)).hits]  # type: ignore[arg-type]


def test_a_passage_is_found_with_when_it_came_and_went(store: Store, records: Records) -> None:
    add_article(store, BEFORE, AFTER)
    assert records.search.find(SearchQuery("denied")).hits == [
        SearchHit(
            article_id=1,
            source="paper",
            url=URL,
            title="Ferry late",
            version_count=2,
            kind="paragraph",
            text="The mayor denied everything.",
            first_version=1,
            last_version=1,
            came_at="2025-04-22T14:00:00Z",
            went_at="2025-04-22T14:33:00Z",
            came_after=None,
            went_after=1,
            went_in=2,
            is_replaced=False,
            back_in=None,
            back_at=None,
        )
    ]


def test_what_was_taken_out_can_be_searched_alone(store: Store, records: Records) -> None:
    add_article(store, BEFORE, AFTER)
    assert texts(records, "the", where="removed") == ["The mayor denied everything."]
    assert texts(records, "a", where="added") == ["A spokesman declined to comment."]


def test_headlines_can_be_searched_alone(store: Store, records: Records) -> None:
    add_article(store, BEFORE, story("Ferry gone", "The ferry is late."))
    assert texts(records, "ferry", where="headline") == ["Ferry gone", "Ferry late"]


def test_all_words_must_be_there_in_any_order(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    assert texts(records, "everything mayor") == ["The mayor denied everything."]
    assert texts(records, "everything spokesman") == []


def test_phrases_stand_as_they_are_and_beginnings_go_on(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    assert texts(records, '"mayor denied"') == ["The mayor denied everything."]
    assert texts(records, '"denied mayor"') == []
    assert texts(records, "den*") == ["The mayor denied everything."]
    assert texts(records, "den") == []


def test_accents_and_case_do_not_matter(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    assert texts(records, "CAFE") == texts(records, "café") == ["Rain fell on the café."]


def test_chinese_and_japanese_are_found_without_spaces(store: Store, records: Records) -> None:
    add_article(store, story("市議会、市場の閉鎖を延期", "商人の抗議を受けて決めた。"))
    assert texts(records, "市場") == ["市議会、市場の閉鎖を延期"]
    assert texts(records, "抗議") == ["商人の抗議を受けて決めた。"]
    assert texts(records, "場市") == []


def test_a_headline_counts_for_more(store: Store, records: Records) -> None:
    add_article(store, story("Storm", "The ferry was late in the harbour today."))
    add_article(store, story("Ferry", "Rain fell."), url=URL + "2")
    add_article(
        store, story("Storm", "The ferry was late in the harbour today too."), url=URL + "3"
    )
    assert texts(records, "ferry")[0] == "Ferry"


def test_a_search_keeps_to_a_source_and_a_time(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    add_article(store, BEFORE, url=URL + "2", source="other", first_seen_at="2025-05-01T10:00:00Z")

    def sources(**conditions: str) -> list[str]:
        query = SearchQuery("denied", **conditions)  # type: ignore[arg-type]
        return [hit.source for hit in records.search.find(query).hits]

    assert sources(source="other") == ["other"]
    assert sources(until="2025-05-01") == ["paper"]
    assert sources(since="2025-05-01") == ["other"]


def test_a_removal_is_dated_by_when_it_went(store: Store, records: Records) -> None:
    article_id = add_article(store, BEFORE)
    add_version(store, article_id, 2, AFTER, fetched_at="2025-06-01T10:00:00Z")
    query = SearchQuery("denied", where="removed", since="2025-06-01", until="2025-06-02")
    assert [hit.went_at for hit in records.search.find(query).hits] == ["2025-06-01T10:00:00Z"]


def test_what_came_back_was_taken_out_until_then(store: Store, records: Records) -> None:
    add_article(store, BEFORE, AFTER, BEFORE)
    (hit,) = records.search.find(SearchQuery("denied", where="removed")).hits
    assert (hit.went_in, hit.went_at) == (2, "2025-04-22T14:33:00Z")
    assert (hit.back_in, hit.back_at) == (3, "2025-04-22T15:06:00Z")
    (still,) = records.search.find(SearchQuery("denied")).hits
    assert (still.went_at, still.back_at) == (None, None)


@pytest.mark.parametrize("kind", ["headline", "standfirst", "byline"])
def test_what_has_another_of_its_kind_in_its_place_was_not_taken_out(
    store: Store, records: Records, kind: BlockKind
) -> None:
    rest = Block("paragraph", "It rained all day long.")
    title = [] if kind == "headline" else [Block("headline", "Rain")]
    texts_of = [[*title, Block(kind, words), rest] for words in ("Mayor sacked", "Quite a party")]
    add_article(store, *texts_of)
    assert texts(records, "sacked", where="removed") == []
    (hit,) = records.search.find(SearchQuery("sacked")).hits
    assert (hit.went_in, hit.is_replaced) == (2, True)


def test_a_standfirst_without_another_was_taken_out(store: Store, records: Records) -> None:
    before = [Block("headline", "Rain"), Block("standfirst", "Mayor sacked"), *BEFORE[1:]]
    add_article(store, before, [before[0], *BEFORE[1:]])
    assert texts(records, "sacked", where="removed") == ["Mayor sacked"]


def test_what_went_again_is_found_once_and_dated_anew(store: Store, records: Records) -> None:
    add_article(store, BEFORE, AFTER, BEFORE, story("Ferry late", "Nobody spoke."))
    (hit,) = records.search.find(SearchQuery("denied", where="removed")).hits
    assert hit.went_at == "2025-04-22T15:39:00Z"


def test_what_only_looks_different_was_not_taken_out(store: Store, records: Records) -> None:
    add_article(store, story("Ferry", 'He said "no".'), story("Ferry", "He said “no”."))
    assert texts(records, "said", where="removed") == []


def test_words_that_went_come_before_words_that_stand_in_the_edited_passage(
    store: Store, records: Records
) -> None:
    edited = story("Ferry", "The mayor, the mayor."), story("Ferry", "The mayor, a mayor.")
    add_article(store, *edited)
    add_article(
        store, story("Storm", "The mayor denied it."), story("Storm", "It rained."), url="b"
    )
    assert texts(records, "mayor", where="removed") == [
        "The mayor denied it.",
        "The mayor, the mayor.",
    ]


def test_common_words_are_found_in_the_newest_passages_and_of_any_day_that_is_asked_for(
    store: Store, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 7):
        seen = f"2025-{month:02}-01T10:00:00Z"
        before, after = story("Ferry", f"Late in {month}."), story("Ferry", "Gone.")
        add_article(store, before, after, url=f"{URL}{month}", first_seen_at=seen)
    monkeypatch.setattr("newsdiff_crawler.store.reading.search.MOST_HITS", 2)
    assert sorted(texts(records, "late")) == ["Late in 5.", "Late in 6."]
    assert not records.search.find(SearchQuery("late")).is_whole
    march = {"since": "2025-03-01", "until": "2025-03-02"}
    assert texts(records, "late", **march) == ["Late in 3."]
    assert texts(records, "late", where="removed", **march) == ["Late in 3."]
    assert texts(records, "late", since="2025-08-01") == []


@pytest.mark.parametrize("where", ["all", "removed"])
def test_a_search_since_a_day_finds_what_was_stored_before_what_was_fetched_first(
    store: Store, records: Records, where: str
) -> None:
    for number, minute in ((2, 1), (1, 0)):  # as two crawls side by side do
        add_article(
            store, BEFORE, AFTER, url=f"{URL}{number}", first_seen_at=f"2025-05-01T10:0{minute}:00Z"
        )
    late = texts(records, "denied", where=where, since="2025-05-01")
    assert late == ["The mayor denied everything."] * 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_of_the_calendar_can_be_asked_for(store: Store, records: Records, day: str) -> None:
    add_article(store, BEFORE, AFTER)
    assert texts(records, "denied", since=day, until=day) == []


def test_the_newest_can_come_first(store: Store, records: Records) -> None:
    add_article(store, story("Ferry", "Rain."), first_seen_at="2025-04-23T10:00:00Z")
    add_article(store, story("Storm", "A ferry of the harbour."), url=URL + "2")
    query = SearchQuery("ferry", newest_first=True)
    assert [hit.text for hit in records.search.find(query).hits] == [
        "Ferry",
        "A ferry of the harbour.",
    ]


def test_a_hidden_article_is_not_found(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    store.db.update("articles", 1, {"state": "hidden"})
    assert texts(records, "denied") == []


def test_a_query_without_words_finds_nothing(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    assert texts(records, '" * "') == []


@pytest.mark.sqlite
def test_an_older_record_is_indexed_when_it_is_opened(
    store: Store, records: Records, tmp_path: Path
) -> None:
    add_article(store, BEFORE, AFTER)
    for table in ("passages_fts", "removals_fts", "removals"):
        store.db.execute(f"drop table {table}")
    for view in ("passage_versions", "taken_out"):
        store.db.execute(f"drop view {view}")
    steps = "('m006_search', 'm014_removals', 'm032_presence', 'm047_findable_words')"
    store.db.execute(f"delete from _sqlite_migrations where name in {steps}")
    open_database(tmp_path).close()
    assert texts(records, "denied") == ["The mayor denied everything."]
    assert texts(records, "denied", where="removed") == ["The mayor denied everything."]


def test_what_only_a_placeholder_said_is_not_found(store: Store, records: Records) -> None:
    add_article(store, BEFORE, NOTICE, AFTER)
    assert texts(records, "pages shall be back")
    make_placeholder(store, 1, 2)
    for where in ("all", "added", "removed"):
        assert texts(records, "pages shall be back", where=where) == []


def test_a_hit_names_the_versions_between_which_it_came_and_went(
    store: Store, records: Records
) -> None:
    add_article(store, BEFORE, NOTICE, AFTER)
    make_placeholder(store, 1, 2)
    (gone,) = records.search.find(SearchQuery("denied everything", where="removed")).hits
    assert (gone.came_after, gone.went_after, gone.went_in) == (None, 1, 3)
    (came,) = records.search.find(SearchQuery("spokesman declined")).hits
    assert (came.came_after, came.first_version, came.went_after) == (1, 3, None)


def test_the_first_text_of_a_story_after_a_placeholder_was_there_from_the_start(
    store: Store, records: Records
) -> None:
    add_article(store, NOTICE, BEFORE)
    make_first_placeholder(store, 1)
    assert texts(records, "denied everything", where="added") == []
    (hit,) = records.search.find(SearchQuery("denied everything")).hits
    assert (hit.came_after, hit.first_version) == (None, 2)
