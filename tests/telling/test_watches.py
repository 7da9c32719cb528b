"""watches.toml: what it may say, and what is answered to a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.telling.watches import Watches, read_watches

CHANNEL = '[channel.hook]\nkind = "webhook"\nurl = "https://a.example/x"\nsecret = "KEY"\n'
WATCH = '[watch.one]\nchannels = ["hook"]\n'
EXAMPLE = Path(__file__).parents[2] / "data" / "watches.example.toml"


def read(folder: Path, text: str) -> Watches:
    (folder / "watches.toml").write_text(text, "utf-8")
    return read_watches(folder, ["bbc", "npr"])


def mistake(folder: Path, text: str) -> str:
    (said,) = read(folder, text).mistakes
    return said.removeprefix(str(folder / "watches.toml")).lstrip(", ")


def test_no_file_is_no_watch(tmp_path: Path) -> None:
    assert not read_watches(tmp_path)


def test_the_example_is_right_once_its_signs_are_taken_away(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    watches = read(tmp_path, "\n".join(line[1:] for line in lines if not line.startswith("# ")))
    assert watches.mistakes == []
    assert [*watches.watches] == ["corrections", "tariffs", "one_story"]
    assert [*watches.channels] == ["desk", "chat", "program", "public", "sky"]
    assert watches.alarms == ["desk"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[watch.one]\nchannels = ["hok"]\n',
            "line 2: [watch.one] names the channel 'hok', which there is not; is it 'hook'?",
        ),
        (
            '[watch.one]\nsources = ["bcb"]\nchannels = ["hook"]\n',
            "line 2: [watch.one] names the source 'bcb', which there is not; is it 'bbc'?",
        ),
        ("[watch.one]\n", "line 1: [watch.one] expected 'channels'"),
        ("[watch.one]\nchannels = []\n", "line 2: [watch.one] channels: expected at least one"),
        (
            '[watch.one]\nchannels = "hook"\n',
            "line 2: [watch.one] channels: expected a list, ",
        ),
        (WATCH + 'word = ["x"]\n', "line 3: [watch.one] 'word' is unknown; expected one of "),
        (
            WATCH + 'labels = ["figure"]\n',
            "line 3: [watch.one] labels: 'figure' is unknown; is it 'figures'? ",
        ),
        (WATCH + 'words = ["!"]\n', "line 3: [watch.one] words: expected a word, not '!'"),
        (
            WATCH + 'article = "x"\n',
            "line 3: [watch.one] article: expected the address of ",
        ),
        (
            WATCH + 'how = "weekly"\n',
            "line 3: [watch.one] how: 'weekly' is unknown;",
        ),
        (
            '[watch.One]\nchannels = ["hook"]\n',
            "line 1: [watch.One] has no name of small ",
        ),
        ('[watches.one]\nchannels = ["hook"]\n', "line 1: [watches] is unknown; expected "),
        ("watch = 3\n", "line 1: expected a table [watch]"),
        (
            '[watch]\nchannels = ["hook"]\n',
            "line 1: expected a table [watch.NAME] before 'channels'",
        ),
        ('[[watch.one]]\nchannels = ["hook"]\n', "line 1: expected a table [watch.NAME] before "),
        ('[watch.alarms]\nchannels = ["hook"]\n', "line 1: [watch.alarms] means another table"),
        (WATCH + "how = 3\n", "line 3: [watch.one] how: 3 is unknown; expected "),
        (WATCH + "labels = [5]\n", "line 3: [watch.one] labels: 5 is unknown; expected "),
        (
            WATCH + 'sections = ["https://paper.example/world/"]\n',
            "line 3: [watch.one] sections: expected the first folder, as news or ",
        ),
        (
            WATCH + 'sections = ["world/asia"]\n',
            "line 3: [watch.one] sections: expected the first ",
        ),
        (WATCH + 'sections = [""]\n', "line 3: [watch.one] sections: expected "),
        ('[alarms]\nchannels = ["x"]\n', "line 2: [alarms] names the channel 'x', which there "),
        ('[watch."a.b"]\nchannels = ["hook"]\n', "line 1: [watch.a.b] has no name of small "),
        ("[watch.one]\nx = " + "9" * 5000 + "\n", ": [watch.one] Exceeds the limit"),
        ("[watch.one]\nx = " + "[" * 9999 + "\n", ": [watch.one] has too many brackets"),
    ],
)
def test_a_mistake_is_one_line_with_its_place_and_what_was_expected(
    text: str, said: str, tmp_path: Path
) -> None:
    assert mistake(tmp_path, text + CHANNEL).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "fax"', 'line 2: [channel.desk]: expected kind = "mail", "webhook", "apprise"'),
        ("", 'line 1: [channel.desk]: expected kind = "mail", "webhook", "apprise"'),
        (
            'kind = "apprise"\nurl = "slack://token"',
            "line 3: [channel.desk] url: expected the name of ",
        ),
        (
            'kind = "webhook"\nurl = "ftp://x"\nsecret = "KEY"',
            "line 3: [channel.desk] url: expected an address that begins with https:// or http://",
        ),
        (
            'kind = "webhook"\nurl = "https://me:word@x.example"\nsecret = "KEY"',
            "line 3: [channel.desk] url: expected an address without user name and password",
        ),
        (
            'kind = "mail"\nserver = "s"\nsender = "a"\nto = ["b@c.example"]',
            "line 4: [channel.desk] sender: expected a mail address, as desk@news.example, not 'a'",
        ),
        (
            'kind = "webhook"\nurl = "https://x.example/ä"\nsecret = "KEY"',
            "line 3: [channel.desk] url: expected an address without spaces and other letters ",
        ),
        (
            'kind = "mail"\nserver = "s:25"\nsender = "a@c.example"\nto = ["b@c.example"]',
            "line 3: [channel.desk] server: expected the name of a server, as smtp.news.example, ",
        ),
        (
            'kind = "mail"\nserver = "smtp://s"\nsender = "a@c.example"\nto = ["b@c.example"]',
            "line 3: [channel.desk] server: expected the name of a server, as smtp.news.example, ",
        ),
        (
            'kind = "mail"\nserver = "s"\nsender = "a@c.example"\nto = ["b@c.example"]\n'
            'unsubscribe = "mailto:a@c.example?subject=no more"',
            "line 6: [channel.desk] unsubscribe: expected an address without spaces, which are %20",
        ),
        (
            'kind = "bluesky"\nuser = "@us.example"\npassword = "KEY"',
            "line 3: [channel.desk] user: expected a handle without its @, not '@us.example'",
        ),
        (
            'kind = "mail"\nserver = "s"\nsender = "a@c.example"\nto = ["b@c.example"]\nport = 0',
            "line 6: [channel.desk] port: expected 1 or more",
        ),
        (
            'kind = "mail"\nserver = "s"\nsender = "a@c.example"\nto = ["b@c.example"]\nuser = "u"',
            "line 1: [channel.desk] expected user and password together, or neither",
        ),
    ],
)
def test_a_channel_says_what_it_needs(text: str, said: str, tmp_path: Path) -> None:
    assert mistake(tmp_path, f"[channel.desk]\n{text}\n").startswith(said)


def test_an_address_in_the_place_of_a_channels_name_is_told_to_nobody(tmp_path: Path) -> None:
    said = mistake(tmp_path, '[watch.one]\nchannels = ["slack://TOKEN/KEY"]\n')
    assert said.startswith("line 2: [watch.one] channels: expected the name of a table [channel.")
    assert "TOKEN" not in said


def test_a_mistake_stops_the_table_that_has_it_and_no_other(tmp_path: Path) -> None:
    watches = read(tmp_path, "[watch.bad]\nchannels = 3\n" + WATCH + CHANNEL)
    assert ([*watches.watches], [*watches.channels]) == (["one"], ["hook"])


def test_what_is_no_toml_stops_its_own_table(tmp_path: Path) -> None:
    watches = read(tmp_path, WATCH + "[watch.bad]\nchannels = [\n" + CHANNEL)
    assert ([*watches.watches], [*watches.channels]) == (["one"], ["hook"])
    (mistake,) = watches.mistakes
    assert mistake.startswith(f"{tmp_path}/watches.toml: [watch.bad] ")


def test_a_table_that_is_there_twice_holds_once(tmp_path: Path) -> None:
    watches = read(tmp_path, WATCH + WATCH + CHANNEL)
    assert ([*watches.watches], len(watches.mistakes)) == (["one"], 1)


def test_a_folder_in_place_of_the_file_is_one_mistake(tmp_path: Path) -> None:
    (tmp_path / "watches.toml").mkdir()
    (mistake,) = read_watches(tmp_path).mistakes
    assert mistake.endswith("watches.toml: cannot be read: Is a directory")


def test_an_editors_mark_at_the_beginning_is_no_mistake(tmp_path: Path) -> None:
    watches = read(tmp_path, f"\ufeff{WATCH}{CHANNEL}")
    assert ([*watches.watches], watches.mistakes) == (["one"], [])


def test_a_watch_keeps_its_channel_when_that_has_a_mistake(tmp_path: Path) -> None:
    """What is for it waits until it is mended."""
    watches = read(tmp_path, WATCH + '[channel.hook]\nkind = "fax"\n')
    assert ([*watches.watches], [*watches.channels]) == (["one"], [])
