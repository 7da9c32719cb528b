"""Rows that are added together, with each engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.store import DatabaseError, RecordFailedError
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.opening import open_record

# What JSON, an SQL text or a list of values could mistake.
STRANGE = ['"', "'", "\\", "\\u0000", "{}", "%s", ":name", "null", "", "é", "𝄞", "\u2028", "\t\n"]
AT = "2026-03-01T08:00:00Z"

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def db(engine: str, tmp_path: Path) -> Iterator[Database]:
    with closing(open_record(tmp_path)) as opened:
        yield opened


def alarm(name: str, said: str | None = "x") -> dict[str, object]:
    return {"name": name, "said": said, "since": AT}


def test_any_text_is_kept_as_it_is(db: Database) -> None:
    db.insert_all("alarms", [alarm(str(n), text) for n, text in enumerate(STRANGE)])
    assert {row["said"] for row in db.execute("select said from alarms")} == {*STRANGE}


def test_a_value_is_kept_as_it_is_by_a_single_row(db: Database) -> None:
    """Numbers of each size, truth, and nothing."""
    row = {"source": "a", "url": "u", "failures": 2**62 + 1, "listed": None, "wait": True}
    db.insert("feeds", row)
    db.insert_all("feeds", [{**row, "source": "b"}])
    one, many = db.query("select failures, listed, wait, url, hints from feeds order by source")
    assert many == one
    assert many["wait"] == 1


def test_a_number_with_a_fraction_is_kept_to_its_last_bit(db: Database) -> None:
    db.insert_all("tunings", [{"day": AT, "price": 0.1 + 0.2}])
    assert db.query("select price from tunings") == [{"price": 0.1 + 0.2}]


def test_ids_are_those_of_the_rows_in_order(db: Database) -> None:
    names = [f"p{number}" for number in range(50, 0, -1)]
    rows = [{"kind": "paragraph", "text": name} for name in names]
    ids = db.insert_all_returning_ids("passages", rows)
    assert ids == sorted(set(ids))
    assert [db.get("passages", id_)["text"] for id_ in ids] == names


def test_of_no_rows_there_are_no_ids(db: Database) -> None:
    assert db.insert_all_returning_ids("passages", []) == []


def test_a_row_whose_key_is_known_stays_as_it_is(db: Database) -> None:
    db.insert_all("alarms", [alarm("a", "before")])
    db.insert_all("alarms", [alarm("a", "after"), alarm("b")], known_too=True)
    rows = db.query("select name, said from alarms order by name")
    assert rows == [{"name": "a", "said": "before"}, {"name": "b", "said": "x"}]


@pytest.mark.parametrize("rows", [[alarm("a"), alarm("a")], [alarm("a"), alarm("b", None)]])
def test_of_rows_with_a_fault_none_is_kept_and_the_fault_is_told(
    db: Database, rows: list[dict[str, object]]
) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)unique|null") as fault, db.transaction():
        db.insert_all("alarms", rows)
    assert not isinstance(fault.value, RecordFailedError)
    with db.transaction():
        db.insert_all("alarms", [alarm("a")])
    assert db.count("alarms") == 1


@pytest.mark.parametrize("number", [3, 2_500])
def test_the_rows_of_one_statement_outlast_those_of_the_next(db: Database, number: int) -> None:
    db.insert_all("alarms", [alarm(f"{n:04}") for n in range(number)])
    sql = "select name from alarms order by name"
    first, second = db.execute(sql), db.execute(f"{sql} desc")
    assert [row[0] for row in first] == [row[0] for row in second][::-1]
    assert len(db.execute(sql).fetchall()) == number
