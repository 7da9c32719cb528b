"""A record whose changes are told, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.telling.routes import routes_in
from newsdiff_crawler.telling.sending import Round, send_due
from newsdiff_crawler.times import from_iso
from tests.support.receivers import PASSWORD, SECRET, Hook
from tests.support.records import add_article, story

WATCH = '[watch.all]\nchannels = ["hook"]\n'
LATER = from_iso("2025-04-22T15:00:00Z")  # a change of `change` has settled


@dataclass
class Desk:
    """A data folder with watches."""

    folder: Path
    store: Store
    hook: Hook

    def says(self, watches: str, port: int | None = None) -> None:
        """Writes watches.toml, with the receiver as its channel."""
        where = f"http://127.0.0.1:{port or self.hook.server_address[1]}/hook/path-token"
        channel = f'[channel.hook]\nkind = "webhook"\nurl = "{where}"\nsecret = "KEY"\n'
        (self.folder / "watches.toml").write_text(watches + channel, "utf-8")
        self.store.outbox.routes = routes_in(self.folder)

    def change(self, number: int = 1, source: str = "paper") -> int:
        """An article that was changed at 14:33. Its id."""
        url = f"https://{source}.example/world/{number}"
        before = story(f"Two hurt in {number}", "Two people were hurt.", "The road is closed.")
        after = story(f"Five hurt in {number}", "Five people were hurt.", "The road is closed.")
        return add_article(self.store, before, after, url=url, source=source)

    def round(self, now: datetime = LATER, site: str = "https://site.example") -> Round:
        """One round of the outbox."""
        return send_due(self.folder, {"paper": "The Paper"}, site, now)


@pytest.fixture
def desk(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("KEY", SECRET)
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    with Hook() as hook:
        made = Desk(tmp_path, store, hook)
        made.says(WATCH)
        yield made
