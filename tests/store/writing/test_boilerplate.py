"""What stands in several articles of a source is the source's, and a change of nothing else is the
page's doing, now and in the hours before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Block, NewVersion
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import add_article, fetched_page, parsed_page, store_version, story
from tests.support.statements import statements

NOW = from_iso("2025-04-23T12:00:00Z")
LABEL = "More on this"
SENTENCE = "Sign up and get the best of the day by mail each evening."


def text(number: int, *more: str) -> list[Block]:
    return story(f"Report {number}", f"It rained for {number} hours in the valley.", *more)


def url(number: int) -> str:
    return f"https://news.example/world/report-{number}"


def articles(store: Store, count: int, *more: str, source: str = "paper") -> list[int]:
    """Articles whose first versions have these paragraphs too."""
    return [
        add_article(store, text(number, *more), url=url(number), source=source)
        for number in range(count)
    ]


def among(store: Store, *texts: str, article: int = 0, source: str = "paper") -> set[str]:
    blocks = [Block("paragraph", each) for each in texts]
    return set(store.boilerplate.among(source, article, blocks, NOW))


def change(
    store: Store, article: int, blocks: list[Block], after: timedelta = timedelta(0)
) -> NewVersion:
    """Stores a text as the pipelines do."""
    fetched = fetched_page(store, article, parsed_page(blocks), to_iso(NOW + after))
    candidate = Candidate(fetched, store.latest(article, fetched.content_hash))
    known = store.boilerplate.among("paper", article, candidate.changed_blocks(), NOW + after)
    version = new_version(candidate.informed(known, frozenset()))
    store_version(store, version)
    for seen in store.boilerplate.learn("paper", sorted(known), NOW + after):
        store.reassessing.for_boilerplate("paper", seen.article_id, seen.number, NOW + after)
    return version


@pytest.mark.parametrize(("others", "expected"), [(2, set()), (3, {LABEL})])
def test_a_block_of_three_other_articles_is_the_sources(
    store: Store, others: int, expected: set[str]
) -> None:
    articles(store, others, LABEL)
    assert among(store, LABEL, "Only here") == expected


def test_its_own_articles_and_those_of_other_sources_do_not_count(store: Store) -> None:
    own, *_ = articles(store, 3, LABEL)
    assert among(store, LABEL, article=own) == set()
    assert among(store, LABEL, source="herald") == set()


def test_the_headline_of_another_article_is_the_sources(store: Store) -> None:
    (own,) = articles(store, 1)
    assert among(store, "Report 0") == {"Report 0"}
    assert among(store, "Report 0", article=own) == set()


def test_a_whole_sentence_is_only_while_it_came_to_all_at_once(store: Store) -> None:
    articles(store, 3, SENTENCE)
    assert among(store, SENTENCE) == {SENTENCE}
    later = NOW + timedelta(days=30)
    blocks = [Block("paragraph", SENTENCE)]
    assert store.boilerplate.among("paper", 0, blocks, later) == frozenset()


def test_a_new_box_is_the_pages_doing_on_each_page_that_gets_it(store: Store) -> None:
    found = articles(store, 6)
    made = [change(store, article, text(n, SENTENCE)) for n, article in enumerate(found)]
    assert [version.minor for version in made] == [None, None, None, "page", "page", "page"]
    rows = store.db.query("select distinct minor from versions where number = 2")
    assert rows == [{"minor": "page"}]  # those of the hours before, too
    assert store.db.query("select distinct change_count from articles") == [{"change_count": 0}]
    ((learned, count),) = store.db.execute("select text, articles from boilerplate")
    assert (learned, count) == (SENTENCE, 6)


def test_an_edit_beside_a_new_box_counts_and_is_told_without_the_box(
    store: Store, records: Records
) -> None:
    *found, last = articles(store, 5)
    for number, article in enumerate(found):
        change(store, article, text(number, SENTENCE))
    version = change(store, last, text(4, "Twelve roads are under water.", SENTENCE))
    assert (version.minor, version.summary) == (None, "1 paragraph added")
    (listed,) = records.changes.of(last)
    assert (listed.counts.blocks_added, listed.minor) == (1, None)


def test_an_edit_that_was_stored_before_the_box_was_known_is_told_anew(
    store: Store, records: Records
) -> None:
    first, *others = articles(store, 5)
    change(store, first, text(0, "Twelve roads are under water.", SENTENCE))
    assert records.changes.of(first)[0].counts.blocks_added == 2
    for number, article in enumerate(others, start=1):
        change(store, article, text(number, SENTENCE))
    (listed,) = records.changes.of(first)
    assert (listed.counts.blocks_added, listed.minor) == (1, None)


def test_a_box_that_goes_was_not_taken_out_of_the_story(store: Store) -> None:
    found = articles(store, 5, LABEL)
    version = change(store, found[0], text(0))
    assert version.minor == "page"
    assert store.db.count("removals") == 0


def test_a_correction_that_many_stories_have_counts_on_each(store: Store) -> None:
    found = articles(store, 6)
    notice = "Correction: an earlier version gave a wrong date."
    made = [change(store, article, text(n, notice)) for n, article in enumerate(found)]
    assert {version.minor for version in made} == {None}


@pytest.mark.sqlite
def test_what_is_asked_of_a_change_is_two_look_ups_of_an_index(store: Store) -> None:
    articles(store, 5, LABEL)
    blocks = [Block("paragraph", f"Line {number}") for number in range(20)]
    with statements(store) as made:
        store.boilerplate.among("paper", 0, blocks, NOW)
    assert len(made) == 2
    plans = [row["detail"] for sql in made for row in store.db.query(f"explain query plan {sql}")]
    assert not [plan for plan in plans if plan.startswith("SCAN") and "json_each" not in plan]
