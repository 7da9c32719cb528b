"""``scrapy watch`` and ``scrapy notify``, as people call them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newsdiff_crawler.commands import notify, watch
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import to_iso, utc_now
from tests.support.receivers import SECRET, Hook
from tests.support.records import add_article, story

TEXTS = [story("Ferry late", "The ferry is late."), story("Ferry gone", "The ferry is gone.")]


@pytest.fixture
def hook(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("KEY", SECRET)
    add_article(store, *TEXTS)
    with Hook() as opened:
        (tmp_path / "watches.toml").write_text(
            '[watch.ferry]\nwords = ["ferry"]\nchannels = ["hook"]\n'
            '[watch.train]\nwords = ["train"]\nchannels = ["hook"]\nhow = "daily"\n'
            f'[channel.hook]\nkind = "webhook"\nurl = "{opened.address}"\nsecret = "KEY"\n',
            "utf-8",
        )
        yield opened


def run(command: ScrapyCommand, folder: Path, *given: str) -> int:
    command.settings = Settings(
        {"NEWSDIFF_DATA": str(folder), "NEWSDIFF_SITE_URL": "https://site.example"}
    )
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)
    return int(command.exitcode)


def test_the_list_says_who_is_told_what(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(watch.Command(), tmp_path, "list") == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "train" in line]
    assert all(word in lines[0] for word in ("all sources", "daily", "hook"))


def test_a_preview_shows_the_message_and_sends_nothing(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(watch.Command(), tmp_path, "preview", "ferry") == 0
    assert capsys.readouterr().out == (
        "paper: Ferry late → Ferry gone\n"
        "Headline rewritten; 1 paragraph edited.\n\n"
        "The ferry is [-late-]{+gone+}.\n\n"
        "Seen 22 April 2025, 14:33 UTC, 33 minutes after the version before.\n"
        "What changed: https://site.example/articles/1/diff/1/2\n"
        "At the source: https://news.example/world/1\n\n"
    )
    assert hook.asked == 0


def test_a_preview_of_nothing_says_so(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(watch.Command(), tmp_path, "preview", "train")
    assert capsys.readouterr().out == "Of the latest 1,000 changes none is for train.\n"


def test_a_test_says_whether_channels_are_ready_and_sends_nothing(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(watch.Command(), tmp_path, "test", "ferry") == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "hook: ready; nothing was sent: --send does that"
    )
    assert hook.asked == 0


def test_a_test_that_is_sent_is_one_message_that_says_what_it_is(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(watch.Command(), tmp_path, "test", "ferry", "--send") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "hook: sent"
    assert hook.taken[0][1]["data"]["title"] == "newsdiff: a test of the watch ferry"


def test_a_test_that_fails_says_why(
    hook: Hook,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEY", f"whsec_{'A' * 40}")
    assert run(watch.Command(), tmp_path, "test", "ferry", "--send") == 1
    said = "newsdiff_crawler: watch ferry: channel hook: 127.0.0.1: HTTP 401\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("given", [[], ["preview"], ["test", "a", "b"], ["sing"]])
def test_an_argument_that_makes_no_sense_is_one_line(
    given: list[str], hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        run(watch.Command(), tmp_path, *given)
    assert raised.value.code == 2
    said = "newsdiff_crawler: expected list | preview <name> | test <name>\n"
    assert capsys.readouterr().err == said


def test_an_unknown_watch_is_named_with_those_that_there_are(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(watch.Command(), tmp_path, "test", "ferries")
    said = "newsdiff_crawler: no watch is called 'ferries'; there are: ferry, train\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(("module", "given"), [(watch, ["list"]), (notify, [])])
def test_without_a_file_there_is_nothing_to_do(
    module: object, given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(module.Command(), tmp_path, *given)  # type: ignore[attr-defined]
    assert "watches.toml" in capsys.readouterr().err


def test_notify_says_how_many_went_out(
    hook: Hook, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(notify.Command(), tmp_path) == 0
    assert capsys.readouterr().out == "0 sent\n"


def test_notify_says_what_did_not_go_out_and_why(
    hook: Hook,
    store: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEY", f"whsec_{'A' * 40}")
    with store.db.transaction():
        store.outbox.tell("ferry", ["hook"], "The ferry came.", to_iso(utc_now()))
    assert run(notify.Command(), tmp_path) == 1
    said = capsys.readouterr()
    assert said.out == "0 sent; 1 did not go out yet\n"
    assert said.err.startswith("newsdiff_crawler: watch ferry: channel hook: 127.0.0.1: HTTP 401; ")


def test_notify_makes_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "watches.toml").write_text("", "utf-8")
    assert run(notify.Command(), tmp_path) == 0
    assert capsys.readouterr().out == "0 sent\n"
    assert [path.name for path in tmp_path.iterdir()] == ["watches.toml"]


def test_a_process_that_makes_many_rounds_says_a_mistake_once(
    hook: Hook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "watches.toml").write_text("[watch.x]\n", "utf-8")
    for _ in range(3):
        run(notify.Command(), tmp_path)
    assert capsys.readouterr().err.count("[watch.x]") == 1
