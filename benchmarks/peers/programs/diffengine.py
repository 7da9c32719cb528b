"""diffengine's way of checking an article, as its published code has it (0.2.7): requests,
readability's summary, bleach, the versions in SQLite through peewee, compared by their letters,
and a page by htmldiff2 for each change.

Left out: the request to the Internet Archive, the two screenshots of each change, and tweets.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

import bleach
import htmldiff2
import peewee
import readability
import requests
from jinja2 import Template

DATABASE = peewee.SqliteDatabase("diffengine.db")
PUNCTUATION = dict.fromkeys(
    number for number in range(sys.maxunicode) if unicodedata.category(chr(number))[0] == "P"
)
PAGE = Template("<html><head><title>{{ title }}</title></head><body>{{ diff }}</body></html>")


def now() -> datetime:
    return datetime.now(timezone.utc)


class Stored(peewee.Model):  # type: ignore[misc, unused-ignore]
    class Meta:
        database = DATABASE


class StoredEntry(Stored):
    url = peewee.TextField(index=True)
    checked = peewee.DateTimeField(default=now)


class StoredVersion(Stored):
    title = peewee.TextField()
    url = peewee.TextField(index=True)
    summary = peewee.TextField()
    created = peewee.DateTimeField(default=now)
    entry = peewee.ForeignKeyField(StoredEntry)

    @property
    def html(self) -> str:
        return f"<h1>{self.title}</h1>\n\n{self.summary}"


class StoredDiff(Stored):
    old = peewee.ForeignKeyField(StoredVersion)
    new = peewee.ForeignKeyField(StoredVersion)


DATABASE.create_tables([StoredEntry, StoredVersion, StoredDiff], safe=True)


def check(url: str) -> str:
    entry, _ = StoredEntry.get_or_create(url=url)
    answer = requests.get(url, timeout=60, headers={"User-Agent": "diffengine"})
    page = readability.Document(answer.text)
    title, summary = page.title(), page.summary(html_partial=True)
    summary = plain(bleach.clean(summary, tags=["p"], strip=True))
    latest = StoredVersion.select().where(StoredVersion.url == url)
    old = latest.order_by(-StoredVersion.created).limit(1).first()
    outcome = "unchanged"
    if not old or old.title != title or letters(old.summary) != letters(summary):
        new = StoredVersion.create(title=title, url=url, summary=summary, entry=entry)
        outcome = "changed" if old and show(old, new) else "new"
    entry.checked = now()
    entry.save()
    return outcome


def show(old: StoredVersion, new: StoredVersion) -> bool:
    """Writes the page of a change; whether there is one to see."""
    change = StoredDiff.create(old=old, new=new)
    marked = htmldiff2.render_html_diff(old.html, new.html)
    folder = Path("diffs") / str(change.id % 257)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{change.id}.html").write_text(PAGE.render(title=new.title, diff=marked), "utf-8")
    return "<ins>" in marked or "<del>" in marked


def plain(text: str) -> str:
    """With one kind of space and of quotation mark."""
    for sign, other in (("\xa0", " "), ("“", '"'), ("”", '"'), ("’", "'"), ("\n", " ")):
        text = text.replace(sign, other)
    return re.sub(r"  +", " ", text).strip()


def letters(text: str) -> str:
    """What is compared: no markup, no white space, no punctuation."""
    text = bleach.clean(plain(text), tags=[], strip=True)
    return re.sub(r"\s+", "", text).translate(PUNCTUATION)
