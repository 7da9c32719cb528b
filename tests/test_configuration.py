"""Our settings: what may be said, where it may be said, and what a wrong one is answered with."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from socket import gethostname
from typing import Any

import pytest
from scrapy.settings import Settings

from newsdiff_crawler import __version__, configuration
from newsdiff_crawler.configuration import (
    Configuration,
    ConfigurationError,
    from_environment,
    misspelt,
    page_of_settings,
)
from tests.support.crawling import PROJECT
from tests.support.crawling import scrapy as run_scrapy
from tests.support.forked import scrapy_forked
from tests.support.newsroom import Newsroom, page

LATEST = "2999-12-31T23:59:59Z"


def read(**settings: object) -> Configuration:
    """What Scrapy's settings come to. Names are without the beginning that all share."""
    return Configuration.from_settings(
        Settings({f"NEWSDIFF_{name}": value for name, value in settings.items()})
    )


def refusal(**settings: object) -> str:
    with pytest.raises(ConfigurationError) as raised:
        read(**settings)
    return str(raised.value)


def test_what_is_not_said_has_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scrapy.cfg").touch()
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert read().model_dump() == {
        "data": tmp_path / "data",
        "contact": "",
        "checks_per_article": 24.0,
        "checks_per_hour": 0.0,
        "archive": True,
        "tsa": "",
        "tsa_root": None,
        "calendars": (),
        "unchanged_days": 0,
        "portion": 50,
        "host_requests_per_day": 0,
        "lease": timedelta(minutes=30),
        "crawl_minutes": 60.0,
        "late_hours": 6.0,
        "unwell_percent": 25.0,
        "feed_entries": 2000,
        "new_per_day": 10_000,
        "reading_seconds": 10.0,
        "headline_words": 300,
        "headline_bytes": 3_000,
        "text_words": 100_000,
        "text_bytes": 1_000_000,
        "hosts": (),
        "site_url": "",
        "hub": "",
        "wayback": "",
        "node": gethostname(),
        "now": None,
    }


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("DATA", "record", Path("record")),
        ("DATA", "/var/lib/newsdiff", Path("/var/lib/newsdiff")),
        ("CONTACT", " desk@paper.example ", "desk@paper.example"),
        ("CHECKS_PER_ARTICLE", "8", 8.0),
        ("CHECKS_PER_ARTICLE", "1000", 1000.0),
        ("CHECKS_PER_HOUR", "0", 0.0),
        ("CHECKS_PER_HOUR", "1e6", 1_000_000.0),
        ("ARCHIVE", "0", False),
        ("UNCHANGED_DAYS", "180", 180),
        ("ARCHIVE", 1, True),
        ("PORTION", "1", 1),
        ("PORTION", 1000, 1000),
        ("LEASE", "60", timedelta(minutes=1)),
        ("LEASE", 86400, timedelta(days=1)),
        ("CRAWL_MINUTES", "0", 0.0),
        ("LATE_HOURS", "0.5", 0.5),
        ("UNWELL_PERCENT", "0", 0.0),
        ("UNWELL_PERCENT", "100", 100.0),
        ("CRAWL_MINUTES", "0.5", 0.5),
        ("CRAWL_MINUTES", "10080", 10080.0),
        ("FEED_ENTRIES", "10", 10),
        ("FEED_ENTRIES", "50000", 50_000),
        ("NEW_PER_DAY", "10", 10),
        ("NEW_PER_DAY", "10000000", 10_000_000),
        ("READING_SECONDS", "1", 1.0),
        ("READING_SECONDS", "2.5", 2.5),
        ("HEADLINE_WORDS", "10", 10),
        ("HEADLINE_BYTES", "100", 100),
        ("TEXT_WORDS", "1000", 1000),
        ("TEXT_BYTES", "10000", 10_000),
        ("HOSTS", "News.example.org,[2001:db8::1]:80", ("news.example.org", "[2001:db8::1]:80")),
        ("SITE_URL", "https://news.example.org/", "https://news.example.org"),
        ("SITE_URL", "http://[::1]:8000/changes", "http://[::1]:8000/changes"),
        ("HUB", "https://hub.example/", "https://hub.example"),
        ("WAYBACK", "https://web.archive.org/", "https://web.archive.org"),
        ("NODE", "node2", "node2"),
        ("NOW", "", None),
        ("NOW", "1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=timezone.utc)),
        ("NOW", LATEST, datetime(2999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)),
    ],
)
def test_a_value_is_read_as_what_it_means(name: str, said: object, meant: object) -> None:
    assert getattr(read(**{name: said}), name.lower()) == meant


WRONG = [
    ("NODE", "a\nb", r"'a\nb' is not one line of at most 100 characters (12 beyond ASCII)"),
    ("NODE", "n" * 101, f"{'n' * 80}… is not one line of at most 100 characters (12 beyond ASCII)"),
    ("NODE", "雨" * 17, f"{'雨' * 17} is not one line of at most 100 characters (12 beyond ASCII)"),
    ("DATA", "", "'' is not a folder"),
    ("DATA", " ", "' ' is not a folder"),
    ("DATA", __file__, f"{__file__} is not a folder"),
    ("DATA", "~nobody-at-all/record", "~nobody-at-all/record is not a folder"),
    ("DATA", "a" * 300, f"{'a' * 80}… is not a folder"),
    ("ARCHIVE", "yes", "yes is not 0 or 1"),
    ("CONTACT", "a\nb", r"'a\nb' is not one line of at most 200 characters"),
    ("CONTACT", "a" * 201, f"{'a' * 80}… is not one line of at most 200 characters"),
    *(
        ("CHECKS_PER_ARTICLE", wrong, f"{wrong} is not a number of checks from 8 to 1000")
        for wrong in ("many", "7.9", "1001", "nan", "inf", -24)
    ),
    *(
        ("CHECKS_PER_HOUR", wrong, f"{wrong} is not a number of checks an hour from 0 to 1000000")
        for wrong in ("x", "-1", "1000001", "nan")
    ),
    *(
        ("UNCHANGED_DAYS", wrong, f"{wrong} is not a whole number of days from 0 to 36500")
        for wrong in ("never", "-1", "1.5", "36501")
    ),
    *(
        ("PORTION", wrong, f"{wrong} is not a whole number of articles from 1 to 1000")
        for wrong in ("all", "0", "1.5", "1001", -1)
    ),
    *(
        (
            "HOST_REQUESTS_PER_DAY",
            wrong,
            f"{wrong} is not a whole number of requests from 0 to 10000000",
        )
        for wrong in ("few", "-1", "1.5", "10000001")
    ),
    *(
        ("LEASE", wrong, f"{wrong} is not a whole number of seconds from 60 to 86400")
        for wrong in ("30m", "0", "59", "1800.5", "86401", -1800, 10**30)
    ),
    *(
        ("CRAWL_MINUTES", wrong, f"{wrong} is not a number of minutes from 0 to 10080")
        for wrong in ("1h", "-1", "10081", "nan")
    ),
    *(
        ("LATE_HOURS", wrong, f"{wrong} is not a number of hours from 0.1 to 8760")
        for wrong in ("6h", "0", "8761", "nan")
    ),
    *(
        ("UNWELL_PERCENT", wrong, f"{wrong} is not a number of percent from 0 to 100")
        for wrong in ("25 %", "-1", "101", "nan")
    ),
    *(
        ("FEED_ENTRIES", wrong, f"{wrong} is not a whole number of articles from 10 to 50000")
        for wrong in ("all", "9", "50001", "10.5", -1)
    ),
    *(
        ("NEW_PER_DAY", wrong, f"{wrong} is not a whole number of articles from 10 to 10000000")
        for wrong in ("all", "9", "10000001", "10.5", -1)
    ),
    *(
        ("READING_SECONDS", wrong, f"{wrong} is not a number of seconds from 1 to 600")
        for wrong in ("x", "0", "601", "nan", -1)
    ),
    ("HEADLINE_WORDS", "9", "9 is not a whole number of words from 10 to 100000"),
    ("HEADLINE_BYTES", "99", "99 is not a whole number of bytes from 100 to 1000000"),
    ("TEXT_WORDS", "999", "999 is not a whole number of words from 1000 to 10000000"),
    ("TEXT_BYTES", "9999", "9999 is not a whole number of bytes from 10000 to 100000000"),
    *(
        ("HOSTS", wrong, f"{wrong} is not one or more hosts")
        for wrong in ("https://news.example", "news.example/news", "a:b", "one;two", "x:123456")
    ),
    *(
        ("SITE_URL", wrong, f"{wrong} is not an address as https://news.example.org")
        for wrong in (
            "news.example.org",
            "ftp://news.example.org",
            "https://",
            "https://me:word@news.example.org",
            "https://news.example.org/?a=1",
            "https://news.example.org:0",
        )
    ),
    ("HUB", "hub.example", "hub.example is not an address as https://hub.example"),
    ("WAYBACK", "web.archive.org", "web.archive.org is not an address as https://web.archive.org"),
    *(
        ("TSA", wrong, f"{wrong} is not an address as https://freetsa.org/tsr")
        for wrong in ("freetsa.org/tsr", "ftp://freetsa.org", "https://", "https://a.example:0")
    ),
    ("TSA_ROOT", "/", "/ is not a file"),
    ("TSA_ROOT", "~nobody-has-this-name/ca.pem", "~nobody-has-this-name/ca.pem is not a file"),
    *(
        (
            "CALENDARS",
            wrong,
            f"{wrong} is not one or more addresses as https://a.pool.opentimestamps.org",
        )
        for wrong in ("a.pool.opentimestamps.org", "https://a.example, b.example")
    ),
    *(
        ("NOW", wrong, f"{wrong} is not a time as 2026-11-22T10:30:00Z")
        for wrong in (
            "yesterday",
            "2026-11-22",
            "2026-11-22T10:30:00+01:00",
            "2026-02-30T10:30:00Z",
            "1969-12-31T23:59:59Z",
            "3000-01-01T00:00:00Z",
        )
    ),
]


@pytest.mark.parametrize(("name", "said", "problem"), WRONG)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, said: object, problem: str) -> None:
    assert refusal(**{name: said}) == f"NEWSDIFF_{name}: {problem}"


def test_a_default_is_checked_like_any_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scrapy.cfg").touch()
    (tmp_path / "data").touch()
    assert refusal() == f"NEWSDIFF_DATA: {tmp_path / 'data'} is not a folder"


def test_every_setting_has_wrong_values_here() -> None:
    assert {name.lower() for name, _, _ in WRONG} == set(Configuration.model_fields)


def test_a_name_that_is_no_setting_is_told_which_one_was_meant() -> None:
    for name in ("LEESE", "lease", "LEASES"):
        problem = "there is no such setting; is it NEWSDIFF_LEASE?"
        assert refusal(**{name: 1800}) == f"NEWSDIFF_{name}: {problem}"
    names = ", ".join(from_environment({}))
    problem = f"there is no such setting; there are {names}"
    assert refusal(COLOUR="red") == f"NEWSDIFF_COLOUR: {problem}"


def test_the_home_folder_may_be_written_as_a_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read(DATA="~/record").data == tmp_path / "record"


def test_every_setting_comes_from_the_environment_unless_it_is_empty_there() -> None:
    said = {name: f"value of {name}" for name in from_environment({})}
    assert from_environment(said) == said
    assert from_environment(dict.fromkeys(said, "")) == from_environment({})


def test_a_misspelt_name_in_the_environment_is_told_and_others_are_nobodys_business() -> None:
    ours = dict.fromkeys(from_environment({}), "")
    kubernetes = {"NEWSDIFF_PORT": "tcp://10.0.0.1:80", "NEWSDIFF_SERVICE_HOST": "10.0.0.1"}
    assert misspelt(ours | kubernetes | {"NEWSDIFF_SITE": "{}", "NEWSDIFFLEASE": "1"}) == []
    (line,) = misspelt({"NEWSDIFF_CHECKS_PER_ARTICEL": "30"})
    meant = "is it NEWSDIFF_CHECKS_PER_ARTICLE?"
    assert line == (
        f"NEWSDIFF_CHECKS_PER_ARTICEL in the environment: there is no such setting; {meant}"
    )


def test_the_page_of_settings_is_what_the_program_prints() -> None:
    assert (PROJECT / "docs" / "settings.md").read_text("utf-8") == page_of_settings()


def test_the_page_of_settings_quotes_a_real_message() -> None:
    assert f"newsdiff_crawler: {refusal(LEASE=5)}\n" in page_of_settings()


# --- With real commands -----------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of a user's own, with a setting in its settings file."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = mine\n")
    mine = "from newsdiff_crawler.settings import *\nNEWSDIFF_PORTION = 7\n"
    (tmp_path / "mine.py").write_text(mine)
    return tmp_path


def scrapy(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(PROJECT)} | environment
    return scrapy_forked(arguments, cwd=project, env=env)


COMMANDS = [
    ("crawl", "bbc"),
    ("list",),
    ("settings", "--get", "BOT_NAME"),
    ("shell", "file:///dev/null"),
    ("fetch", "file:///dev/null"),
    ("check",),
    ("runspider", str(PROJECT / "newsdiff_crawler" / "spiders" / "bbc.py")),
    ("due",),
    ("serve",),
    ("hide", "--reason", "none", "https://paper.example/a"),
    ("extract", "https://paper.example/a"),
]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_wrong_value_ends_every_command_with_one_line(
    project: Path, command: tuple[str, ...]
) -> None:
    done = scrapy(project, *command, "-s", "NEWSDIFF_LEASE=5")
    problem = "5 is not a whole number of seconds from 60 to 86400"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"newsdiff_crawler: NEWSDIFF_LEASE: {problem}\n"
    assert not (project / "data").exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", [("list",), ("due",), ("crawl", "bbc")])
def test_a_wrong_value_in_the_environment_does_so_too(
    project: Path, command: tuple[str, ...]
) -> None:
    done = scrapy(project, *command, NEWSDIFF_NOW="yesterday")
    problem = "yesterday is not a time as 2026-11-22T10:30:00Z"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"newsdiff_crawler: NEWSDIFF_NOW: {problem}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "environment", "portion"),
    [
        ((), {}, "7"),
        ((), {"NEWSDIFF_PORTION": "9"}, "7"),
        (("-s", "NEWSDIFF_PORTION=8"), {"NEWSDIFF_PORTION": "9"}, "8"),
    ],
)
def test_the_command_line_comes_before_the_settings_file_and_that_before_the_environment(
    project: Path, arguments: tuple[str, ...], environment: dict[str, Any], portion: str
) -> None:
    done = scrapy(project, "settings", "--get", "NEWSDIFF_PORTION", *arguments, **environment)
    assert (done.stdout.strip(), done.stderr) == (portion, "")


@pytest.mark.slow
def test_the_environment_comes_before_the_default(project: Path) -> None:
    done = scrapy(project, "settings", "--get", "NEWSDIFF_LEASE", NEWSDIFF_LEASE="900")
    assert (done.stdout.strip(), done.stderr) == ("900", "")


@pytest.mark.slow
def test_a_misspelt_name_in_the_environment_is_told_once_and_ends_nothing(project: Path) -> None:
    done = scrapy(project, "list", NEWSDIFF_LEESE="900")
    problem = "there is no such setting; is it NEWSDIFF_LEASE?"
    assert done.returncode == 0
    assert done.stderr == f"newsdiff_crawler: NEWSDIFF_LEESE in the environment: {problem}\n"


@pytest.mark.slow
@pytest.mark.parametrize("command", ["fetch", "extract"])
def test_a_publisher_is_told_whom_to_turn_to_whatever_asks(tmp_path: Path, command: str) -> None:
    url = "https://paper.example/a"
    with Newsroom({url: page("<h1>Rain</h1>")}) as newsroom:
        run_scrapy(newsroom, tmp_path, command, url)
        agents = {record.request.headers["user-agent"] for record in newsroom.log}
    whom = "(keeps versions of news articles; test@news.example)"
    assert agents == {f"newsdiff_crawler/{__version__} {whom}"}


@pytest.mark.slow
def test_the_module_prints_the_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", configuration.__name__], cwd=PROJECT, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == (page_of_settings(), "")
