"""What was taken out, when, and whether it came back: for every way in which a version can be
stored, corrected or merged, and for a record of an older release."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.schema.removals_anew import find_removals_anew
from tests.support.records import add_article, add_version, story

RAIN = "It rained for the third day in the valley, the mayor said."
LOSS = "The council lost 12 million pounds."
GAIN = "The council lost 15 million pounds."
SUN = "Nobody in the village had seen the sun since Easter."
WHOLE = story("Rain in the valley", RAIN, LOSS, SUN)
WITHOUT_SUN = story("Rain in the valley", RAIN, LOSS)
NOTICE = story("Back in a minute", "Our engineers are busy with the cables.")
AT = "2025-04-23T14:00:00Z"


def taken_out(store: Store) -> list[tuple[str, int, int | None]]:
    sql = "select text, version, back_version from taken_out order by version, text"
    return [tuple(row) for row in store.db.execute(sql)]


def standing(store: Store, text: str) -> list[int]:
    rows = store.db.execute(
        """select number from passage_versions join passages on passages.id = passage_id
            where text = :text order by number""",
        {"text": text},
    )
    return [number for (number,) in rows]


def test_a_passage_stands_in_the_versions_that_have_it_and_in_no_other(store: Store) -> None:
    add_article(store, WHOLE, WITHOUT_SUN, WHOLE)
    assert standing(store, SUN) == [1, 3]
    assert standing(store, RAIN) == [1, 2, 3]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([WHOLE, WITHOUT_SUN], [(SUN, 2, None)]),
        ([WHOLE, WITHOUT_SUN, WHOLE], [(SUN, 2, 3)]),
        (
            [WHOLE, WITHOUT_SUN, [*WHOLE, Block("paragraph", "More soon.")], WITHOUT_SUN[:2]],
            [(SUN, 2, 3), (LOSS, 4, None), ("More soon.", 4, None), (SUN, 4, None)],
        ),
        ([WITHOUT_SUN, WHOLE], []),
        ([WHOLE, story("Sun in the valley", RAIN, LOSS, SUN)], []),  # the headline
        ([WHOLE, story("Rain in the valley", RAIN, GAIN, SUN)], []),  # edited
        ([WHOLE, story("Rain in the valley", f"{RAIN} {LOSS}", SUN)], []),  # merged
        ([WHOLE, story("Rain in the valley", LOSS, RAIN, SUN)], []),  # moved
        ([WHOLE, [*WHOLE[:3], Block("quote", SUN)]], []),  # marked up in another way
    ],
)
def test_what_was_taken_out_is_there_with_when_it_went_and_came_back(
    store: Store,
    versions: Sequence[Sequence[Block]],
    expected: list[tuple[str, int, int | None]],
) -> None:
    add_article(store, *versions)
    assert taken_out(store) == sorted(expected, key=lambda row: (row[1], row[0]))


def test_what_a_placeholder_took_out_was_not_taken_out(store: Store) -> None:
    article = add_article(store, WHOLE, NOTICE, WITHOUT_SUN, WHOLE)
    store.taking_back.placeholder(article, 2, "stands elsewhere too", AT)
    assert taken_out(store) == [(SUN, 3, 4)]


def test_what_a_hidden_article_took_out_is_nowhere(store: Store) -> None:
    article = add_article(store, WHOLE, WITHOUT_SUN)
    store.db.update("articles", article, {"state": "hidden"})
    assert (taken_out(store), standing(store, RAIN)) == ([], [])


def test_another_parsers_reading_takes_nothing_out_and_brings_back_what_it_reads(
    store: Store,
) -> None:
    article = add_article(store, WHOLE, WITHOUT_SUN)
    add_version(store, article, 3, WHOLE, AT, parser="paper/2027")
    assert taken_out(store) == [(SUN, 2, 3)]


# --- A record of an older release -----------------------------------------------------------------


def removals(store: Store) -> list[dict[str, Any]]:
    return store.db.query(
        "select passage_id, number, at, back_in, replaced_by from removals order by 1, 2"
    )


@pytest.mark.sqlite
def test_an_older_record_says_what_one_of_this_release_says(store: Store) -> None:
    """As it was: what came back was drawn out over the gap, and not known to have been away."""
    for n in range(3):
        add_article(
            store, WHOLE, WITHOUT_SUN, WHOLE, NOTICE, WHOLE[:2], url=f"https://a.example/{n}"
        )
    store.taking_back.placeholder(2, 4, "stands elsewhere too", AT)
    true = removals(store)
    store.db.execute("delete from removals where back_in is not null and id % 2 = 0")
    store.db.execute("update removals set back_in = null, replaced_by = null")
    store.db.execute(
        "update passages set last_version = 4 where article_id = 2 and last_version = 3"
    )
    with store.db.transaction():
        find_removals_anew(Database(store.db.connection))  # type: ignore[attr-defined]
    assert removals(store) == true


@pytest.mark.sqlite
def test_what_was_found_to_be_the_pages_stays_so(store: Store) -> None:
    """An older release drew out its span by one version."""
    add_article(store, WHOLE, WITHOUT_SUN)
    store.db.execute("update passages set last_version = 2 where text = :sun", {"sun": SUN})
    with store.db.transaction():
        find_removals_anew(Database(store.db.connection))  # type: ignore[attr-defined]
    assert removals(store) == []
    (span,) = store.db.execute(
        "select first_version, last_version from passages where text = :sun", {"sun": SUN}
    )
    assert tuple(span) == (1, 1)


@pytest.mark.sqlite
def test_the_upgrade_finds_it(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        add_article(store, WHOLE, WITHOUT_SUN, WHOLE)
    older = Database(tmp_path / DATABASE_NAME)
    for sql in (
        "drop view taken_out",
        "drop view passage_versions",
        "delete from removals",
        "alter table removals drop column back_in",
        "alter table removals drop column replaced_by",
        "delete from _sqlite_migrations where name = 'm032_presence'",
    ):
        older.execute(sql)
    older.conn.commit()
    older.close()
    with closing(open_database(tmp_path)) as upgraded:
        (row,) = upgraded.execute("select text, version, back_version from taken_out")
        assert tuple(row) == (SUN, 2, 3)
