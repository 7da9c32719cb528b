"""The store's SQL is what SQLite and PostgreSQL both know; what only SQLite understands is in the
engine and in the schema."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STORE = Path(__file__).parents[3] / "newsdiff_crawler" / "store"
PORTABLE = ("*.py", "merging/*.py", "reading/*.py", "writing/*.py")
FILES = sorted(path for files in PORTABLE for path in STORE.glob(files))

# A statement, or a piece of one.
_IS_SQL = re.compile(
    r"\bselect\s|\binsert\s.*\binto\s|\bupdate\s.*\bset\s|\bdelete from\s|\bjoin\s.+\son\s"
    r"|\b(where|and|or)\s+\S+\s*(=|<|>|\bis\b|\bin\b)|\border by\s|\bindexed by\s|\blimit\s"
    r"|:[a-z_]+\b.*=|=.*:[a-z_]+\b|\bis (not )?null\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAGS = "cosmetic|parser_changed|title_changed|unconfirmed|hinted_while_claimed"
_BRACKETS = r"\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)"  # four deep
# What it is -> how to see it.
SQLITE_ONLY = {
    "a value without a name": r"\?",
    "json": r"\bjson_\w+\(",
    "total": r"\btotal\(",
    "iif": r"\biif\(",
    "group_concat": r"\bgroup_concat\(",
    "insert or": r"\binsert or\b|\breplace into\b",
    "a function of time": r"\b(strftime|julianday|unixepoch|datetime|date|time)\(",
    "rowid": r"\browid\b",
    "full text": r"\bmatch\b|\w_fts\b",
    "is, of values": r"\bis\s+(?!(not\s+)?(null|distinct)\b)",
    "indexed by": r"\bindexed by\b",
    "cross join": r"\bcross join\b",
    "join without on": r"\bjoin\s+\w+(\s+\w+)?\s*(\bwhere\b|\border\b|\bgroup\b|$)",
    "a number as truth": rf"\b(not|and|or|when|where)\s+(\w+\.)?({_FLAGS})\b(?!\s*(=|<|>|is\b))",
    "truth as a number": r"\bsum\([^()]*[<>=]",
    "max or min of values": rf"\b(max|min)\((?:[^(),]|{_BRACKETS})*,",
    "a table without a name": rf"\b(from|join)\s*(?={_BRACKETS}){_BRACKETS}(?!\s*as\b)",
    "a text in double quotes": r"=\s*\"",
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a file, with their lines; docstrings are none. In a template, what is put into
    it is `x`."""
    tree = ast.parse(path.read_text("utf-8"))
    templates = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    pieces = {id(part) for template in templates for part in template.values}
    for template in templates:
        yield template.lineno, "".join(map(_text, template.values))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in docstrings and id(node) not in pieces:
            yield node.lineno, _text(node)


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "x"


def sqlite_only(text: str) -> list[str]:
    """What only SQLite would understand of a text, if that is SQL."""
    if not _IS_SQL.search(text):
        return []
    return [what for what, sign in SQLITE_ONLY.items() if re.search(sign, text, re.IGNORECASE)]


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])
def test_the_store_says_nothing_that_only_sqlite_understands(path: Path) -> None:
    wrong = [(line, what) for line, text in texts(path) for what in sqlite_only(text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("select url from articles where id = ?", "a value without a name"),
        ("select value from json_each(:ids)", "json"),
        ("select total(words) from versions", "total"),
        ("select iif(failures, 0, listed) from feeds", "iif"),
        ("select group_concat(text, ' ') from passages", "group_concat"),
        ("insert or ignore into feeds (url) values (:url)", "insert or"),
        ("select julianday(at) from events", "a function of time"),
        ("select rowid from events", "rowid"),
        ("select id from passages_fts where text match :words", "full text"),
        ("select old.parser is not new.parser from versions old", "is, of values"),
        ("select 1 from versions indexed by changes_by_size", "indexed by"),
        ("indexed by changes_by_size", "indexed by"),
        ("select 1 from labels l cross join versions v on v.id = l.id", "cross join"),
        ("select 1 from versions a join versions b where a.id = b.id", "join without on"),
        ("select 1 from versions where not cosmetic", "a number as truth"),
        ("and not v.parser_changed and number = :number", "a number as truth"),
        ("select sum(failures > 0) from feeds", "truth as a number"),
        ("select max(coalesce(wait, 1), 60) from articles", "max or min of values"),
        ("select min(due) from (select max(at) as due from events) where due > :now",
         "a table without a name"),
        ('select 1 from articles where state = "hidden"', "a text in double quotes"),
    ],
)  # fmt: skip
def test_what_only_sqlite_understands_is_seen(sql: str, what: str) -> None:
    assert sqlite_only(sql) == [what]


@pytest.mark.parametrize(
    "sql",
    [
        "select max(at), min(coalesce(at, :now)) from events where detail is not null",
        "select 1 from versions where cosmetic = 0 and not (number > :number)",
        "select count(*) filter (where failures > 0) from feeds",
        "select a from (select max(at) as a from (select 1 as at) as x) as y where a is null",
        "insert into feeds (url) values (:url) on conflict (url) do nothing",
        "made by a match of julianday and json_each? It is not known.",
    ],
)
def test_what_all_understand_is_let_be(sql: str) -> None:
    assert sqlite_only(sql) == []
