"""Secrets: where they come from, and that they stand nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.telling.secrets import Secret, SecretError, Secrets


def put(folder: Path, text: str, mode: int = 0o600) -> Secrets:
    path = folder / "secrets.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return Secrets(folder, {"BOTH": "environment"})


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    secrets = put(tmp_path, 'BOTH = "file"\nONE = "word"\n')
    assert secrets.get("BOTH").value == "environment"
    assert secrets.get("ONE").value == "word"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="can be read by others: please run chmod 600"):
        put(tmp_path, 'ONE = "word"\n', mode).get("ONE")


@pytest.mark.parametrize("text", ["", 'OTHER = "word"', 'ONE = ""', 'ONE = " "'])
def test_a_secret_that_is_not_there_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="there is no secret ONE, in the environment or in "):
        put(tmp_path, text).get("ONE")


@pytest.mark.parametrize("text", ["ONE = 3", 'ONE = ["hunter2"]', 'ONE = { a = "hunter2" }'])
def test_a_secret_that_is_no_text_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(SecretError, match=r"ONE in .* is no text") as raised:
        put(tmp_path, text).get("ONE")
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("value", ["hunter2\n", "  hunter2\r\n", "hunter2"])
def test_the_end_of_a_line_is_no_part_of_a_secret(value: str, tmp_path: Path) -> None:
    assert Secrets(tmp_path, {"ONE": value}).get("ONE").value == "hunter2"


@pytest.mark.parametrize("value", ["hunter2\nhunter3", "hun\tter2", "hunter2\x00"])
def test_a_secret_of_several_lines_is_refused_and_not_shown(value: str, tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="the secret ONE has a line break") as raised:
        Secrets(tmp_path, {"ONE": value}).get("ONE")
    assert "ter2" not in str(raised.value)


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").mkdir(mode=0o700)
    with pytest.raises(SecretError, match=r"secrets\.toml: cannot be read: Is a directory"):
        Secrets(tmp_path, {}).get("ONE")


def test_a_file_that_cannot_be_read_does_not_show_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="no TOML") as raised:
        put(tmp_path, "ONE = hunter2\n").get("ONE")
    assert "hunter2" not in str(raised.value)


def test_a_secret_shows_in_no_repr(tmp_path: Path) -> None:
    secrets = put(tmp_path, 'ONE = "hunter2"\n')
    assert "hunter2" not in repr((secrets, secrets.get("ONE")))
    assert "environment'" not in repr(secrets)


@pytest.mark.parametrize(
    "text",
    ["wrong: hunter2/x!", "https://a/tok%2Fen is bad", "path /tok/en refused hunter2/x%21"],
)
def test_what_others_say_is_shown_without_the_secret(text: str) -> None:
    for value in ("hunter2/x!", "slack://tok%2Fen/hunter2", "slack://tokk/en22/hunter2"):
        shown = Secret(value).hidden_in(f"{text} {value}")
        assert value not in shown
    assert "hunter2" not in Secret("https://chat.example/hunter2").hidden_in(text)


def test_a_secret_in_the_place_of_a_host_is_hidden_in_small_letters_too() -> None:
    said = "HTTPSConnectionPool(host='xoxb-tokena', port=443): Max retries exceeded"
    assert "tokena" not in Secret("json://xoxb-TokenA/path").hidden_in(said)
