"""NewsDiffs' way of checking an article, as its published code has it: BeautifulSoup, a text with
date, headline, byline and paragraphs, a file for each article in a Git repository, a commit for
each change, diff-match-patch for how much changed, and rows in SQL.

Its code is for Python 2 and BeautifulSoup 3, whose parser was a part of Python; here it is
BeautifulSoup 4 with the parser of Python 3. Rows are written without Django's models, which are
dearer. Left out: `git gc`, which it runs once after all articles.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import time
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener

import diff_match_patch
from bs4 import BeautifulSoup

REPOSITORY = Path("articles")
CHARSETS = (
    *("EUC-JP", "GB2312", "EUC-KR", "Big5", "SHIFT_JIS", "windows-1252", "IBM855", "IBM866"),
    *("ISO-8859-2", "ISO-8859-5", "ISO-8859-7", "KOI8-R", "mac-cyrillic", "TIS-620"),
    *("windows-1250", "windows-1251", "windows-1253", "windows-1255"),
)
os.environ |= {
    f"GIT_{who}_{what}": "newsdiffs"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}
DATABASE = sqlite3.connect("newsdiffs.db")
DATABASE.execute("create table if not exists articles (url text unique, last_check, last_update)")
DATABASE.execute("create table if not exists versions (v, article, title, byline, date, boring)")


def git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout.strip()


if not REPOSITORY.exists():
    REPOSITORY.mkdir()
    git("init", "--quiet")


def check(url: str) -> str:
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    title, byline, text = read_page(opener.open(url, timeout=5).read())
    outcome, version, boring = keep(text.encode(), url.partition("//")[2])
    now = time.time()
    with DATABASE:
        DATABASE.execute("insert or ignore into articles values (?, ?, ?)", [url, now, now])
        DATABASE.execute("update articles set last_check = ? where url = ?", [now, url])
        if version:
            row = [version, url, title, byline, now, boring]
            DATABASE.execute("insert into versions values (?, ?, ?, ?, ?, ?)", row)
    return outcome


def read_page(html: bytes) -> tuple[str, str, str]:
    """Headline, byline, and the text that is kept."""
    soup: Any = BeautifulSoup(html, "html.parser", from_encoding="utf-8")
    title = soup.find("h1").get_text()
    byline = soup.find("div", attrs={"data-testid": "byline"}).get_text()
    date = soup.find("time").get_text()
    paragraphs = [paragraph.get_text() for paragraph in soup.find("article").find_all("p")]
    text = "\n".join([date, title, byline, "\n" + "\n\n".join(paragraphs)])
    lines = (line.strip().rstrip("\xa0") for line in mended(text).split("\n"))
    return title, byline, "\n".join(lines).strip() + "\n"


def mended(text: str) -> str:
    """Without UTF-8 that was taken for Latin-1."""

    def decoded(match: re.Match[str]) -> str:
        try:
            return match[0].encode("latin1").decode("utf-8")
        except UnicodeDecodeError:
            return match[0]

    return re.sub("[\xc2-\xf4][\x80-\xbf]+", decoded, text)


def keep(data: bytes, name: str) -> tuple[str, str, bool]:
    """Outcome, commit, and whether the change is boring."""
    file = REPOSITORY / name
    file.parent.mkdir(parents=True, exist_ok=True)
    boring, outcome = False, "new"
    if file.exists():
        before = file.read_bytes()
        if before == data:
            return "unchanged", "", False
        boring, outcome = is_boring(before, data), "changed"
        if not boring:
            count_characters(before.decode(), data.decode())
    file.write_bytes(data)
    if outcome == "new":
        git("add", name)
    git("commit", "--quiet", name, "-m", f"{outcome} {name}")
    return outcome, git("rev-list", "HEAD", "-n1", name), boring


def is_boring(before: bytes, after: bytes) -> bool:
    """Whether only the date differs, or the encoding."""
    old, new = before.decode(), after.decode()
    if old.splitlines()[1:] == new.splitlines()[1:]:
        return True
    return any(encoded(old, charset) == after for charset in CHARSETS)


def encoded(text: str, charset: str) -> bytes | None:
    try:
        return text.encode(charset)
    except UnicodeEncodeError:
        return None


def count_characters(old: str, new: str) -> tuple[int, int]:
    engine = diff_match_patch.diff_match_patch()
    engine.Diff_Timeout = 3
    edits = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(edits)
    added = sum(len(text) for sign, text in edits if sign == 1)
    return added, sum(len(text) for sign, text in edits if sign == -1)
