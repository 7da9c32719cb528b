"""The files of a root, below ``archive/roots/`` in a data folder.

``000017.json`` is its statement: what is stamped. ``000017.leaves.jsonl`` names the versions under
it in the order of the tree: hash, source, URL, number; only the hashes are bound by the root.
``000017.json.tsr`` and ``000017.json.ots`` are its stamps, RFC 3161 and OpenTimestamps; the tools
of both (``openssl ts -verify``, ``ots verify``) check them against the statement.
``000017.json.tsr.pem`` has the root certificates that the first was checked by.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from newsdiff_crawler.archive.files import FOLDER
from newsdiff_crawler.regular_files import open_file
from newsdiff_crawler.store.engine.opening import server
from newsdiff_crawler.store.engine.private import make_folder, mode_in
from newsdiff_crawler.times import from_iso

STATEMENT, LEAVES = ".json", ".leaves.jsonl"
TSR, OTS, TRUSTED = ".json.tsr", ".json.ots", ".json.tsr.pem"
_LARGEST = 200_000  # bytes of a statement or stamp: they have some thousands


class BrokenFileError(Exception):
    """A file of a root is not there, or is none; the message says what is wrong."""


@dataclass(frozen=True)
class Leaf:
    """A version under a root. ``source``, ``url``, ``number``: what it was called then."""

    version_hash: str
    source: str
    url: str
    number: int


@dataclass(frozen=True)
class Statement:
    """What is stamped. ``previous``: SHA-256 of the statement before this one, so that a stamp
    vouches for all roots before it, too."""

    made_at: str
    size: int
    root: str
    previous: str | None

    def as_bytes(self) -> bytes:
        """As it stands in its file."""
        return json.dumps(asdict(self), indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, data: bytes) -> Statement:
        """Raises BrokenFileError for anything that `as_bytes` would not write."""
        try:
            statement = cls(**json.loads(data))
            is_one = statement.size > 0 and statement.as_bytes() == data
            bytes.fromhex(statement.root)
            from_iso(statement.made_at)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise BrokenFileError("its statement is none") from error
        if not is_one:
            raise BrokenFileError("its statement is none")
        return statement


def hash_of(file: bytes) -> str:
    """Of a statement, as the next one names it; of a stamp, as the record does."""
    return sha256(file).hexdigest()


class RootFiles:
    """The files of all roots in a data folder. Writing raises OSError."""

    def __init__(self, data: Path) -> None:
        self._archive = data / FOLDER
        self._folder = self._archive / "roots"

    def path(self, root_id: int, kind: str) -> Path:
        """Of a file of a root, by its ending."""
        return self._folder / f"{root_id:06}{kind}"

    def ids(self) -> list[int]:
        """Of the roots that have a statement, in order."""
        return sorted(
            int(path.stem) for path in self._folder.glob(f"*{STATEMENT}") if path.stem.isdecimal()
        )

    def has(self, root_id: int) -> bool:
        """Whether any file of a root is there."""
        return any(self.path(root_id, kind).exists() for kind in (STATEMENT, LEAVES, TSR, OTS))

    def is_elsewhere(self, root_id: int) -> bool:
        """Whether another machine has the files of a root: on a server, who made it does."""
        return bool(server()) and not self.has(root_id)

    def is_stamped(self, root_id: int) -> bool:
        """Whether a stamp of it is there. Without one it may be what a crash left."""
        return any(self.path(root_id, kind).exists() for kind in (TSR, OTS))

    def write(self, root_id: int, kind: str, data: bytes) -> None:
        """A file that is there whole or not at all, and lasts."""
        make_folder(self._archive)
        make_folder(self._folder)
        path = self.path(root_id, kind)
        part = path.with_name(f".{path.name}.part")
        file = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode_in(self._folder))
        with os.fdopen(file, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)

    def write_leaves(self, root_id: int, leaves: Iterable[Leaf]) -> None:
        """One on a line."""
        lines = (
            json.dumps([each.version_hash, each.source, each.url, each.number], ensure_ascii=False)
            for each in leaves
        )
        self.write(root_id, LEAVES, "".join(f"{line}\n" for line in lines).encode())

    def read(self, root_id: int, kind: str) -> bytes:
        """Raises BrokenFileError."""
        path = self.path(root_id, kind)
        try:
            with open_file(path) as file:
                data = file.read(_LARGEST + 1)
        except FileNotFoundError:
            raise BrokenFileError(f"{path.name} is missing") from None
        except OSError as error:
            raise BrokenFileError(f"{path.name} cannot be read: {error.strerror}") from error
        if len(data) > _LARGEST:
            raise BrokenFileError(f"{path.name} is too large")
        return data

    def leaves(self, root_id: int) -> Iterator[Leaf]:
        """Raises BrokenFileError."""
        path = self.path(root_id, LEAVES)
        try:
            with open_file(path) as file:
                for line in file:
                    version_hash, source, url, number = json.loads(line)
                    bytes.fromhex(version_hash)
                    yield Leaf(version_hash, str(source), str(url), int(number))
        except FileNotFoundError:
            raise BrokenFileError(f"{path.name} is missing") from None
        except OSError as error:
            raise BrokenFileError(f"{path.name} cannot be read: {error.strerror}") from error
        except (ValueError, TypeError, RecursionError) as error:
            raise BrokenFileError(f"{path.name} was altered") from error
