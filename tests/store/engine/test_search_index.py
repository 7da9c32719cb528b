"""Which passages have the words: the index by itself, without a search around it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine import word_index
from newsdiff_crawler.store.engine.database import Entry, Result, SearchIndex
from newsdiff_crawler.store.reading.search_terms import parse_query
from tests.support.records import add_article, add_version, story

TEXTS = ["The bridge is closed.", "The bridge is open.", "橋は閉鎖された。"]


@pytest.fixture
def index(store: Store) -> SearchIndex:
    """A headline and three paragraphs of a paper, passages 1 to 4."""
    add_article(store, story("A bridge", *TEXTS))
    return store.db.search_index


def hits(index: SearchIndex, query: str, **conditions: bool | int | str) -> list[int]:
    return [*index.hits(parse_query(query), **conditions)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bridge", [3, 2, 1]),
        ("bridge closed", [2]),
        ('"is open"', [3]),
        ("clos*", [2]),
        ("閉鎖", [4]),
        ("tunnel", []),
    ],
)
def test_passages_have_all_the_words_and_the_newest_come_first(
    index: SearchIndex, query: str, expected: list[int]
) -> None:
    assert hits(index, query) == expected


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Die Straße ist gesperrt.", "straße"),
        ("Die Straße ist gesperrt.", "STRASSE"),
        ("Η Αθήνα σήμερα", "αθηνα"),
        ("Сергей молчит", "сергей"),
        ("한국 대통령은", "대통령*"),
        ("นายกรัฐมนตรีกล่าวว่า", "รัฐ"),
        ("वह हिन्दी में बोला", "हिन्दी"),
        ("Về Hà Nội", "ha noi"),
    ],
)
def test_words_are_found_as_readers_of_their_script_type_them(
    store: Store, text: str, query: str
) -> None:
    add_article(store, story("A headline", text))
    assert hits(store.db.search_index, query) == [2]


def test_a_vowel_sign_parts_no_word(store: Store) -> None:
    add_article(store, story("A headline", "समाचार पत्र"))
    assert hits(store.db.search_index, "समचर") == []


def test_they_can_be_had_of_some_ids_only(index: SearchIndex) -> None:
    assert hits(index, "bridge", first=2) == [3, 2]
    assert hits(index, "bridge", after=3) == [2, 1]
    assert hits(index, "bridge", limit=1) == [3]


@pytest.mark.parametrize("engine", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("limit", "expected"), [(-1, 23), (0, 0), (4, 4), (6, 6), (7, 7), (99, 23)]
)
def test_each_hit_comes_once_in_order_however_many_are_read_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: int, expected: int
) -> None:
    monkeypatch.setattr(word_index, "_PORTION", 2)
    add_article(store, story("News", *(f"Bridge {number} is closed." for number in range(23))))
    ids = [row["id"] for row in store.db.query("select id from passages order by id desc")]
    assert hits(store.db.search_index, "bridge", limit=limit) == ids[:expected]


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_no_more_are_looked_for_than_are_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search reads 300 of them, and asked the server for 5,000."""
    monkeypatch.setattr(word_index, "_PORTION", 2)
    add_article(store, story("News", *(f"Bridge {number} is closed." for number in range(23))))
    execute, asked = store.db.execute, []

    def execute_and_note(sql: str, values: Mapping[str, int] = MappingProxyType({})) -> Result:
        asked.append(values.get("portion"))
        return execute(sql, values)

    monkeypatch.setattr(store.db, "execute", execute_and_note)
    found = store.db.search_index.hits(parse_query("bridge"), limit=5000)
    assert len([*islice(found, 3)]) == 3
    assert asked == [None, 2, 4]  # first: which is the newest


# Around the bounds of the blocks in which PostgreSQL looks, and far from each other.
IDS = [1, 8_191, 8_192, 8_193, 600_000, 1_048_575, 1_048_576, 1_200_000, 5_000_000, 40_000_000]


@pytest.mark.parametrize("portion", [2, 300])
@pytest.mark.parametrize("query", ["bridge", "brid*", '"the bridge"'])
def test_hits_are_found_however_far_they_are_from_each_other(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str, portion: int
) -> None:
    monkeypatch.setattr(word_index, "_PORTION", portion)
    store.db.insert_all("passages", [{"id": id_, "kind": "paragraph", "text": ""} for id_ in IDS])
    index = store.db.search_index
    index.add([Entry(id_, "paper", "paragraph", "The bridge") for id_ in IDS])
    assert hits(index, query) == IDS[::-1]
    assert hits(index, query, limit=3) == IDS[:-4:-1]
    for place, bound in enumerate(IDS):
        assert hits(index, query, first=bound) == IDS[: place - len(IDS) - 1 : -1]
        assert hits(index, query, after=bound) == IDS[:place][::-1]
        assert hits(index, query, first=bound, after=bound + 1) == [bound]


def test_they_can_be_had_of_headlines_only(index: SearchIndex) -> None:
    assert hits(index, "bridge", headlines=True) == [1]


def test_they_can_be_had_of_one_source_only(store: Store, index: SearchIndex) -> None:
    add_article(store, story("Another bridge"), url="https://post.example/1", source="the-post")
    assert hits(index, "bridge", source="paper") == [3, 2, 1]
    assert hits(index, "bridge", source="the-post") == [5]


def test_what_is_forgotten_is_a_hit_no_more(index: SearchIndex) -> None:
    index.forget(2, "paper", "paragraph", TEXTS[0])
    assert hits(index, "bridge") == [3, 1]


def test_what_was_taken_out_has_an_index_of_its_own(store: Store, index: SearchIndex) -> None:
    add_version(store, 1, 2, story("A bridge", TEXTS[1]))
    (first, second) = store.db.query("select id, passage_id from removals order by id")
    assert (first["passage_id"], second["passage_id"]) == (2, 4)
    assert hits(index, "closed", removed=True) == [first["id"]]
    assert hits(index, "open", removed=True) == []


def test_one_transaction_writes_one_piece_of_the_index(store: Store, index: SearchIndex) -> None:
    """A savepoint between two passages would make it two, and each search reads all pieces."""
    add_article(store, story("Long", *map(str, range(40))), url="https://news.example/2")
    assert store.db.query("select count(distinct segid) as n from passages_fts_idx") == [{"n": 2}]


def test_tending_puts_pieces_together_and_finds_what_it_found(
    store: Store, index: SearchIndex
) -> None:
    """Of eight pieces, which SQLite leaves for a while, some."""
    pieces = "select count(distinct segid) from passages_fts_idx"
    store.db.execute("insert into passages_fts (passages_fts, rank) values ('automerge', 0)")
    for number in range(100, 140):
        index.add([Entry(number, "paper", "paragraph", f"A heron stands in field {number}.")])
    ((before,),) = store.db.execute(pieces)
    found = [*index.hits(parse_query("heron"))]
    store.db.tend()
    ((after,),) = store.db.execute(pieces)
    assert after < before
    assert [*index.hits(parse_query("heron"))] == found
