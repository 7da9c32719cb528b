"""Everything ever published is found, and, for whoever asks, what was taken out."""

from __future__ import annotations

from pathlib import Path

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.connection import open_database
from newsdiff_crawler.store.queries import Records
from newsdiff_crawler.store.search import Found, Question
from tests.records import URL, add_article, add_version, story

BEFORE = story("Ferry late", "The mayor denied everything.", "Rain fell on the café.")
AFTER = story("Ferry late", "A spokesman declined to comment.", "Rain fell on the café.")


def texts(records: Records, query: str, **asked: str) -> list[str]:
    return [found.text for found in records.search.find(Question(query, **asked))]  # type: ignore[arg-type]


def test_a_passage_is_found_with_when_it_came_and_went(store: Store, records: Records) -> None:
    add_article(store, BEFORE, AFTER)
    assert records.search.find(Question("denied")) == [
        Found(
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
    found = records.search.find
    assert [one.source for one in found(Question("denied", source="other"))] == ["other"]
    assert [one.source for one in found(Question("denied", until="2025-05-01"))] == ["paper"]
    assert [one.source for one in found(Question("denied", since="2025-05-01"))] == ["other"]


def test_a_removal_is_dated_by_when_it_went(store: Store, records: Records) -> None:
    article_id = add_article(store, BEFORE)
    add_version(store, article_id, 2, AFTER, fetched_at="2025-06-01T10:00:00Z")
    asked = Question("denied", where="removed", since="2025-06-01", until="2025-06-02")
    assert [one.went_at for one in records.search.find(asked)] == ["2025-06-01T10:00:00Z"]


def test_the_newest_can_come_first(store: Store, records: Records) -> None:
    add_article(store, story("Ferry", "Rain."), first_seen_at="2025-04-23T10:00:00Z")
    add_article(store, story("Storm", "A ferry of the harbour."), url=URL + "2")
    asked = Question("ferry", newest_first=True)
    assert [one.text for one in records.search.find(asked)] == ["Ferry", "A ferry of the harbour."]


def test_a_hidden_article_is_not_found(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    store.db.table("articles").update(1, {"state": "hidden"})
    assert texts(records, "denied") == []


def test_a_query_without_words_finds_nothing(store: Store, records: Records) -> None:
    add_article(store, BEFORE)
    assert texts(records, '" * "') == []


def test_an_older_record_is_indexed_when_it_is_opened(
    store: Store, records: Records, tmp_path: Path
) -> None:
    add_article(store, BEFORE)
    store.db.execute("drop table passages_fts")
    store.db.execute("delete from _sqlite_migrations where name = 'm006_search'")
    open_database(tmp_path).close()
    assert texts(records, "denied") == ["The mayor denied everything."]
