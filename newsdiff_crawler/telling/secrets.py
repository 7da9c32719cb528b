"""Passwords and keys: from the environment, or from a file that only the operator can read. They
stand in no log, error or repr."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IRWXG, S_IRWXO
from urllib.parse import quote, unquote

from newsdiff_crawler.tables import TablesFile

FILE_NAME = "secrets.toml"
HIDDEN = "***"
_SHORTEST_PART = 4  # of an address with secrets in it; shorter ones are words


class SecretError(Exception):
    """A secret cannot be had; one line for people, which does not have it either."""


@dataclass(frozen=True)
class Secret:
    """A password, a key, or an address that holds one."""

    value: str = field(repr=False)

    def hidden_in(self, text: str) -> str:
        """A text of another program's without the secret, its parts, and other spellings."""
        parts = re.split(r"[/?&=:@]+", self.value.rpartition("://")[2])
        long = [part for part in parts if len(part) >= _SHORTEST_PART and not part.isdigit()]
        spellings = {
            form for each in (self.value, *long) for form in (each, quote(each, ""), unquote(each))
        }
        longest_first = sorted(spellings - {""}, key=len, reverse=True)
        # In any case: a token in the place of a host is told in small letters.
        return re.sub("|".join(map(re.escape, longest_first)), HIDDEN, text, flags=re.IGNORECASE)


@dataclass(frozen=True)
class Secrets:
    """Those of a data folder. The environment goes before the file."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def get(self, name: str) -> Secret:
        """The secret with a name. Raises SecretError."""
        secret = self.find(name)
        if secret is None:
            path = self.folder / FILE_NAME
            raise SecretError(f"there is no secret {name}, in the environment or in {path}")
        return secret

    def find(self, name: str) -> Secret | None:
        """The secret with a name; None where there is none. Raises SecretError for a file that
        others can read, and for one that is none."""
        said = self.environment.get(name) or self._in_file(name)
        if not isinstance(said, str):
            raise SecretError(f'{name} in {self.folder / FILE_NAME} is no text, as {name} = "..."')
        said = said.strip()  # files and editors like to end a line
        if not said.isprintable():
            raise SecretError(f"the secret {name} has a line break or another control character")
        return Secret(said) if said else None

    def _in_file(self, name: str) -> object:
        path = self.folder / FILE_NAME
        try:
            is_open = path.stat().st_mode & (S_IRWXG | S_IRWXO)
        except OSError:
            return ""
        if is_open:
            raise SecretError(f"{path} can be read by others: please run chmod 600 {path}")
        file = TablesFile.read(path)
        if file.is_unread:
            raise SecretError(file.mistakes[0])
        if file.mistakes:  # whose words may be the secret's
            raise SecretError(f'{path} is no TOML of lines as {name} = "..."')
        return file.tables.get(name, "")
