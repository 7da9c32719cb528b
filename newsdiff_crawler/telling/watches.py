"""Who is told what, and where: the tables of the data folder's ``watches.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.tables import MistakeError, TablesFile
from newsdiff_crawler.telling.channels_table import KINDS, ChannelTable, HubTable
from newsdiff_crawler.telling.websub import FEEDS, HUB
from newsdiff_crawler.telling.words import looked_for
from newsdiff_crawler.text import fold, normalise
from newsdiff_crawler.urls import normal

FILE_NAME = "watches.toml"
ALARMS = "alarms"
How = Literal["at once", "hourly", "daily"]
Place = Literal["headline", "added", "removed"]
T = TypeVar("T")


def _article(text: str) -> str:
    try:
        return normal(text)
    except ValueError as error:
        raise ValueError(f"expected the address of an article: {error}") from error


def _words(text: str) -> str:
    if not looked_for(text):
        raise ValueError(f"expected a word, not {text!r}")
    return fold(normalise(text))


def _section(text: str) -> str:
    host, _, folder = text.strip("/").rpartition("/")
    if not re.fullmatch(r"[^\s/]+", folder) or (
        host and not re.fullmatch(r"[^\s/]+\.[^\s/]+", host)
    ):
        raise ValueError(f"expected the first folder, as news or www.bbc.com/news, not {text!r}")
    return text.strip("/")


def _channel(name: str) -> str:
    if re.search("[:/]", name):  # an address, which may be as good as a password
        raise ValueError("expected the name of a table [channel.NAME], where its address is said")
    return name


ChannelName = Annotated[str, AfterValidator(_channel)]
Section = Annotated[str, AfterValidator(_section)]
Words = Annotated[str, AfterValidator(_words)]


class Watch(BaseModel):
    """One table ``[watch.NAME]``: all its conditions together, and within one of them any.

    ``words``, without case and accents; one that ends with * stands for all that begin so: in the
    headline, or in what was added or removed, as ``words_in`` says; each of them if ``every_word``.
    ``sections``: the first folder of an article's address, with or without its host.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sources: list[str] = []
    labels: list[LabelName] = []
    words: list[Words] = []
    every_word: bool = False
    words_in: list[Place] = Field(["headline", "added", "removed"], min_length=1)
    article: Annotated[str, AfterValidator(_article)] | None = None
    sections: list[Section] = []
    channels: list[ChannelName] = Field(min_length=1)
    how: How = "at once"


class Alarms(BaseModel):
    """The table ``[alarms]``: who is told that the crawler itself is not well."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    channels: list[ChannelName] = Field(min_length=1)


@dataclass(frozen=True)
class Watches:
    """What a file says. ``channels``: those that are as they should be; ``alarms``: names of
    channels; ``mistakes``: what is wrong with the rest, a line for people each."""

    watches: Mapping[str, Watch] = field(default_factory=dict)
    channels: Mapping[str, ChannelTable] = field(default_factory=dict)
    alarms: Sequence[str] = ()
    mistakes: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether anybody is to be told anything."""
        return bool(self.watches or self.alarms or self.mistakes)


def with_hub(watches: Watches, hub: str) -> Watches:
    """The same, with the hub of the feeds as a channel; what is for it goes out together."""
    if not hub:
        return watches
    feeds = {FEEDS: Watch.model_validate({"channels": [HUB], "how": "hourly"})}
    hubs: dict[str, ChannelTable] = {HUB: HubTable(hub=hub)}
    return replace(
        watches, watches={**watches.watches, **feeds}, channels={**watches.channels, **hubs}
    )


def read_watches(folder: Path, sources: Collection[str] | None = None) -> Watches:
    """The watches of a data folder; none where there is no file. ``sources``: the names that a
    watch may say, where they are known."""
    return _Reading(TablesFile.read(folder / FILE_NAME), sources).run()


class _Reading:
    """One reading of a file."""

    def __init__(self, file: TablesFile, sources: Collection[str] | None) -> None:
        self._file = file
        self._sources = sources
        self._mistakes = list(file.mistakes)

    def run(self) -> Watches:
        file = self._file
        # As for a moment while an editor saves it.
        if file.is_there and not (file.is_unread or file.text.strip()):
            self._mistakes.append(f"{file.path}: it is empty; without watches, remove it")
        for name in file.tables.keys() - {"watch", "channel", ALARMS}:
            expected = "expected [watch.NAME], [channel.NAME] or [alarms]"
            self._note(file.mistake(name, f"[{name}] is unknown; {expected}", name))
        channels = self._read("channel", self._channel)
        watches = self._read("watch", self._watch)
        table = file.tables.get(ALARMS)
        alarms = None if table is None else self._tried(self._alarms, ALARMS, table)
        return Watches(watches, channels, alarms or (), self._mistakes)

    def _note(self, mistake: MistakeError) -> None:
        self._mistakes.append(str(mistake))

    def _read(self, kind: str, read: Callable[[str, Any], T]) -> dict[str, T]:
        tables = self._file.named(kind).items()
        titled = {name: (f"{kind}.{name}" if name else kind, table) for name, table in tables}
        tried = {name: self._tried(read, *each) for name, each in titled.items()}
        return {name: table for name, table in tried.items() if table is not None}

    def _tried(self, read: Callable[[str, Any], T], title: str, table: Any) -> T | None:
        try:
            return read(title, table)
        except MistakeError as mistake:
            self._note(mistake)
            return None

    def _channel(self, title: str, table: Any) -> ChannelTable:
        kind = table.get("kind") if isinstance(table, dict) else None
        if isinstance(table, dict) and kind not in KINDS:
            known = ", ".join(f'"{each}"' for each in KINDS)
            said = kind if isinstance(kind, str) else ""
            raise self._file.mistake(title, f"[{title}]: expected kind = {known}", "kind", said)
        return self._file.checked(KINDS[kind or "mail"], title, table)

    def _watch(self, title: str, table: Any) -> Watch:
        if title == f"watch.{ALARMS}":
            raise self._file.mistake(title, f"[{title}] means another table, [{ALARMS}]")
        watch = self._file.checked(Watch, title, table)
        self._check_channels(title, watch.channels)
        for name in watch.sources if self._sources is not None else ():
            if name not in (self._sources or ()):
                raise self._unknown(title, "sources", name, "source", self._sources or ())
        return watch

    def _alarms(self, title: str, table: Any) -> Sequence[str]:
        alarms = self._file.checked(Alarms, title, table)
        self._check_channels(title, alarms.channels)
        return alarms.channels

    def _check_channels(self, title: str, names: Sequence[str]) -> None:
        """One whose table has a mistake is there all the same: what is for it waits."""
        there = self._file.named("channel")
        for name in names:
            if name not in there:
                raise self._unknown(title, "channels", name, "channel", there)

    def _unknown(
        self, title: str, key: str, name: str, what: str, known: Collection[str]
    ) -> MistakeError:
        alike = get_close_matches(name, known, 1)
        meant = f"; is it {alike[0]!r}?" if alike else ""
        return self._file.mistake(
            title, f"[{title}] names the {what} {name!r}, which there is not{meant}", key, name
        )
