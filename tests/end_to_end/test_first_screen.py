"""What a person sees of a crawl, what a script is told of it, and what cron mails."""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import (
    FAST,
    PROJECT,
    bbc_feeds,
    bbc_routes,
    bbc_story,
    crawl,
    crawl_command,
    environment,
    query,
    started,
    stories,
    urls_of,
)
from tests.support.newsroom import Held, Newsroom, page

URLS = urls_of(22)
TEXT = ["It rained for the third day in the valley.", "Twelve roads are under water."]
SCRAPY = ("Scrapy", "Overridden settings", "Enabled", "Dumping", "Closing spider")


def edited(url: str) -> dict[str, Answer]:
    return {url: bbc_story(url, "Rain eases", [TEXT[0], TEXT[1].replace("Twelve", "Fourteen")])}


def test_a_healthy_crawl_is_a_line_an_article_a_summary_and_the_next_step(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == ExitStatus.DONE
    assert len(lines) <= 30
    assert sorted(lines)[:22] == sorted(f"+ Rain in {url[-7:]}" for url in URLS)
    assert re.fullmatch(r"bbc: checked 22 articles: 22 new; next check due 20\S+Z", lines[-2])
    assert lines[-1] == "See it: scrapy serve"


def test_a_change_is_told_by_both_headlines_and_in_words_and_a_refusal_by_its_reason(
    tmp_path: Path,
) -> None:
    with Newsroom(bbc_routes(stories(URLS[:4]))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    barred = {URLS[1]: Answer(status=403), URLS[2]: Answer(status=404)}
    with Newsroom(bbc_routes(stories(URLS[:4]) | edited(URLS[0]) | barred)) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    told, *_ = (line for line in done.stderr.splitlines() if line.startswith("~ "))
    assert told.startswith("~ Rain in story00 -> Rain eases: Headline rewritten; 1 paragraph ")
    assert f"! bbc: {URLS[1]}: blocked: HTTP 403; looked at again in 30 min\n" in done.stderr
    assert f"! bbc: {URLS[2]}: not there: HTTP 404; looked at again in 1 h\n" in done.stderr
    assert "1 changed, 1 unchanged, 1 not there, 1 blocked" in done.stderr


def test_an_article_is_gone_only_when_it_was_looked_for_long_enough(tmp_path: Path) -> None:
    said = []
    for answer, day, hour in ((None, 1, 8), (404, 1, 9), (404, 1, 17), (404, 3, 9)):
        articles = {URLS[0]: Answer(status=answer)} if answer else stories(URLS[:1])
        now = f"NEWSDIFF_NOW=2026-03-0{day}T{hour:02}:00:00Z"
        with Newsroom(bbc_routes(articles)) as newsroom:
            said.append(crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", "-s", now).stderr)
    assert ["1 not there" in each for each in said] == [False, True, True, False]
    assert f"! bbc: {URLS[0]}: gone: HTTP 404; not looked at again" in said[3]
    assert "checked 1 article: 1 gone" in said[3]


def test_what_a_headline_would_tell_the_terminal_is_only_shown(tmp_path: Path) -> None:
    hostile = {URLS[0]: bbc_story(URLS[0], "Rain\x9b31m [red]\u202estays[/red]", TEXT)}
    with Newsroom(bbc_routes(hostile)) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert "[red]" in done.stderr
    assert not {"\x9b", "\u202e", "\x1b"} & {*done.stderr}


@pytest.mark.parametrize(("level", "kept"), [("WARNING", True), ("ERROR", False)])
def test_warnings_alone_leave_the_summary(tmp_path: Path, level: str, kept: bool) -> None:
    with Newsroom(bbc_routes(stories(URLS[:2]))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-L", level)
    assert "+ " not in done.stderr
    assert ("bbc: checked 2 articles: 2 new" in done.stderr) is kept


def test_scrapys_own_lines_come_when_they_are_asked_for(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    with Newsroom(bbc_routes(stories(URLS[:1]))) as newsroom:
        shown = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1").stderr
        debugged = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", "-L", "DEBUG").stderr
        quiet = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", "--logfile", str(log))
    assert [words for words in SCRAPY if words in shown] == []
    for text in (debugged, log.read_text("utf-8")):
        assert [words for words in SCRAPY if words not in text] == []
        assert "bbc: checked 1 article: 1 unchanged" in text
    assert (quiet.stdout, quiet.stderr) == ("", "")


@pytest.mark.parametrize(
    ("given", "name", "to_follow"),
    [
        (
            ("feed", "-a", "feed=https://paper.example/rss"),
            "paper.example",
            "https://paper.example/rss",
        ),
        (("feed", "-a", "url=https://paper.example/a"), "paper.example", "https://paper.example/"),
        (("guardian",), "guardian", "guardian"),
    ],
)
def test_what_nobody_follows_is_looked_at_once_and_that_is_said(
    tmp_path: Path, given: tuple[str, ...], name: str, to_follow: str
) -> None:
    with Newsroom({}) as newsroom:
        lines = crawl(newsroom, tmp_path, *given).stderr.splitlines()
    assert lines[-1] == f"{name} is looked at once. To follow it: scrapy follow {to_follow}"


def test_in_a_terminal_of_80_columns_no_line_is_cut_and_the_bar_goes_away(tmp_path: Path) -> None:
    title = "Council says that the rain of this week was the heaviest in the valley since 1953"
    articles = {URLS[0]: bbc_story(URLS[0], title, TEXT)}
    with Newsroom(bbc_routes(articles)) as newsroom:
        command = shlex.join(crawl_command("bbc"))
        env = environment(newsroom, tmp_path) | {"COLUMNS": "80", "TERM": "xterm"}
        shown = in_terminal(["sh", "-c", f"stty cols 80; {command}"], env)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "\n")
    lines = [line.rstrip() for line in plain.splitlines() if line.strip()]
    assert "+ Council says that the rain of this week was the heaviest in the valley since" in lines
    assert "  1953" in lines
    assert lines[-1] == "See it: scrapy serve"


def in_terminal(command: list[str], env: dict[str, str]) -> str:
    """What a command shows that runs in a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=PROJECT, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        shown = b""
        try:
            while more := os.read(ours, 65536):
                shown += more
        except OSError:  # it ended
            pass
    os.close(ours)
    return shown.decode()


# --- Scripts --------------------------------------------------------------------------------------

WRONG = {
    "-a rechek=1": "newsdiff_crawler: -a rechek=1: there is no such argument; is it recheck?",
    "-a recheck=no": "newsdiff_crawler: expected -a recheck=1, not 'no'",
    "-a url=nonsense": "newsdiff_crawler: nonsense is not a page of bbc (bbc.com, bbc.co.uk)",
    "-a url": "newsdiff_crawler: Invalid -a value, use -a NAME=VALUE",
    "-L LOUD": "newsdiff_crawler: LOG_LEVEL: LOUD is none of ",
    "--logfile /nowhere/crawl.log": "newsdiff_crawler: LOG_FILE: /nowhere/crawl.log cannot be ",
    "-s DOWNLOAD_TIMEOUT=abc": "newsdiff_crawler: DOWNLOAD_TIMEOUT: expected a number, not 'abc'",
    "-s COOKIES_ENABLED=so": "newsdiff_crawler: COOKIES_ENABLED: expected True or False, not 'so'",
    "cnn": "newsdiff_crawler: expected the name of one source, not bbc cnn; scrapy list names them",
}


@pytest.mark.parametrize(("given", "said"), WRONG.items(), ids=WRONG)
def test_an_argument_that_makes_no_sense_is_one_line_and_asks_nobody(
    tmp_path: Path, given: str, said: str
) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", *given.split())
        assert newsroom.urls() == []
    (line,) = done.stderr.splitlines()
    assert line.startswith(said)
    assert done.returncode == ExitStatus.NO_SENSE


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["nosuch"], "no source is called 'nosuch'; scrapy find WORDS looks for it"),
        (["bcb"], "no source is called 'bcb'; is it bbc?"),
        (["feed"], "expected -a feed=https://... or -a url=https://..."),
        (["feed", "-a", "feed=rss"], "expected -a feed=https://..., not 'rss': no scheme"),
        ([], "expected the name of one source, not none; scrapy list names them"),
    ],
)
def test_a_source_that_there_is_not_is_one_line(
    tmp_path: Path, given: list[str], said: str
) -> None:
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, *given)
    assert done.stderr == f"newsdiff_crawler: {said}\n"
    assert done.returncode == ExitStatus.NO_SENSE


def test_a_source_whose_table_has_a_mistake_is_named_as_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.toml").write_text("[post]\ntitle = 'The Post'\n")
    with Newsroom(bbc_routes({})) as newsroom:
        done = crawl(newsroom, tmp_path, "post")
    mistake, end = done.stderr.splitlines()
    assert mistake.endswith("line 1: [post] expected at least one of feeds and sitemaps")
    assert end == "newsdiff_crawler: post was left out of sources.toml, as said above"
    assert done.returncode == ExitStatus.NO_SENSE


@pytest.mark.parametrize("name", ["/dev/full", "/proc/none/articles.json"])
def test_an_export_that_cannot_be_written_is_one_line_and_the_record_is_whole(
    tmp_path: Path, name: str
) -> None:
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "-O", f"{name}:json")
    (said,) = (line for line in done.stderr.splitlines() if "! " in line)
    assert said.startswith(f"! ERROR {name}: the export is not whole: No s")
    assert done.returncode == ExitStatus.NOT_DONE
    assert query(tmp_path, "select count(*) from versions") == [(len(URLS),)]


def test_a_log_that_cannot_be_written_is_one_line_and_the_record_is_whole(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(stories(URLS))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", "--logfile", "/dev/full")
    full = "! ERROR /dev/full: the log is not whole: No space left on device\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", full, ExitStatus.DONE)
    assert query(tmp_path, "select count(*) from versions") == [(len(URLS),)]


def test_a_script_learns_that_nothing_could_be_read(tmp_path: Path) -> None:
    with Newsroom(dict.fromkeys(bbc_feeds(), Answer(status=404))) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert done.returncode == ExitStatus.NOTHING_READ


def test_a_script_learns_that_the_source_is_unwell(tmp_path: Path) -> None:
    articles = stories(URLS[:4]) | dict.fromkeys(URLS[4:8], page("", status=500))
    with Newsroom(bbc_routes(articles)) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert "ERROR bbc is unwell: 4 of 8 pages could not be read" in done.stderr
    assert done.returncode == ExitStatus.UNWELL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_script_learns_that_the_crawl_was_interrupted(
    tmp_path: Path, number: signal.Signals
) -> None:
    held = Held(stories(URLS[:1])[URLS[0]].body)
    with (
        Newsroom(bbc_routes(stories(URLS) | {URLS[0]: held})) as newsroom,
        started(newsroom, tmp_path, "bbc", stderr=subprocess.PIPE) as crawl,
    ):
        assert held.asked.wait(60)
        crawl.send_signal(number)
        assert crawl.stderr
        while "Received" not in (line := crawl.stderr.readline()) and line:
            pass
        held.gate.set()
        said = crawl.stderr.read()
        assert crawl.wait(60) == ExitStatus.INTERRUPTED
    assert "Traceback" not in said


def test_cron_mails_that_a_source_became_unwell_and_nothing_else(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    command = shlex.join([sys.executable, "-m", "scrapy", "crawl", "bbc", *FAST])
    line = f"cd {PROJECT} && {command} --logfile {log}"
    mails = []
    for routes in (bbc_routes(stories(URLS[:1])), dict.fromkeys(bbc_feeds(), page("<p>Sorry"))):
        with Newsroom(routes) as newsroom:
            done = subprocess.run(
                ["/bin/sh", "-c", f"{line} -a recheck=1"],
                env=environment(newsroom, tmp_path),
                capture_output=True,
                text=True,
            )
        mails.append(done.stdout + done.stderr)
    assert mails[0] == ""
    (error,) = mails[1].splitlines()
    assert error.startswith("! ERROR bbc is unwell: none of 8 feeds could be read")
