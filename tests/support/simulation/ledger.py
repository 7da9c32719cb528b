"""What the record must hold of a story, by what its page said at each check."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsdiff_crawler.items import Outcome
from tests.support.simulation.press import LOGIN, NOT_MODIFIED, OTHER, SITE, Served, address_of
from tests.support.simulation.record import moment
from tests.support.simulation.script import HOUR, LED_AWAY, Text, TroubleKind

GONE_AFTER = 31 * HOUR  # of absence

OUTCOMES: dict[TroubleKind, tuple[Outcome, str]] = {
    "absent": ("gone", "HTTP 404"),
    "removed": ("gone", "HTTP 410"),
    "refused": ("blocked", "HTTP 403"),
    "too many requests": ("blocked", "HTTP 429"),
    "out of service": ("blocked", "HTTP 503"),
    "broken": ("failed", "HTTP 500"),
    "cut off": ("failed", "the answer was cut off"),
    "reset": ("failed", "the connection was dropped"),
    "hanging": ("failed", "timed out"),
    "soft 404": ("failed", "a page that says that there is no such page"),
    "front page": ("failed", f"redirected to a front or section page, {SITE}/"),
    "consent wall": ("failed", "a consent wall stands in place of the article"),
    "login": ("failed", f"led to another page, {SITE}{LOGIN}?next={{path}}"),
    "placeholder": ("failed", "“Back soon” (8 words) stands in the story's place"),
    "another story": ("failed", f"led to another page, {SITE}{OTHER}"),
}


@dataclass(frozen=True)
class ExpectedCheck:
    """How a check must end. ``reason``: why it brings no text; ``""`` if it does."""

    outcome: Outcome
    reason: str = ""


@dataclass
class Ledger:
    """What one article in the record must hold, by the number of its story and of the address where
    it was discovered or last read. A story that is discovered at its new address has two articles
    until the first one is seen to redirect there. Times are minutes."""

    number: int
    address: int
    versions: list[tuple[int, Text]] = field(default_factory=list)
    events: list[tuple[int, str, str]] = field(default_factory=list)
    readings: list[tuple[int, Text]] = field(default_factory=list)  # each text that was new
    state: str = "live"
    absent_since: int | None = None
    checked: int = -1

    def join(self, later: Ledger) -> None:
        """Takes in the article that was discovered at the story's present address."""
        self.events += later.events
        if not later.versions:
            return
        (_, last), (_, first) = self.versions[-1], later.versions[0]
        self.versions += later.versions[last == first :]
        self.readings += later.readings
        if later.checked > self.checked:
            self.state, self.absent_since = later.state, later.absent_since

    def check(self, at: int, served: Served, address: int) -> ExpectedCheck:
        """Enters a check, and says how it must end."""
        self.checked = at
        if not isinstance(served, Text) and served != NOT_MODIFIED:
            kind, (outcome, reason) = next(end for end in OUTCOMES.items() if end[0] == served)
            reason = reason.format(path=urlsplit(address_of(self.number, self.address)).path)
            if kind in LED_AWAY:
                self._trouble(at, "gone", f": {reason}")
            else:
                self._trouble(at, outcome, reason)
            return ExpectedCheck(outcome, reason)
        self.move(at, address)
        if self.state != "live":
            self.events.append((at, "back", ""))
        self.state, self.absent_since = "live", None
        return ExpectedCheck(self._read(at, served) if isinstance(served, Text) else "unchanged")

    def move(self, at: int, address: int) -> None:
        """Enters that the story is at this address."""
        if self.versions and address != self.address:
            way = (address_of(self.number, each) for each in (self.address, address))
            self.events.append((at, "moved", "from {} to {}".format(*way)))
        self.address = address

    def _trouble(self, at: int, outcome: Outcome, reason: str) -> None:
        state = self.state
        if outcome == "gone":
            self.absent_since = at if self.absent_since is None else self.absent_since
            state = "gone" if at - self.absent_since >= GONE_AFTER else state
            led_away = reason if reason.startswith(":") else ""
            reason = f"absent since {moment(self.absent_since)}{led_away}"
        elif outcome == "blocked" and state == "live":
            state = "blocked"
        if state != self.state:
            self.events.append((at, state, reason))
        self.state = state

    def _read(self, at: int, text: Text) -> Outcome:
        if self.readings and text == self.readings[-1][1]:
            return "unchanged"
        self.readings.append((at, text))
        texts = [version for _, version in self.versions]
        if texts.count(text) > 1:
            latest = len(texts) - texts[::-1].index(text)
            self.events.append((at, "reverted again", f"to the text of version {latest}"))
            return "unchanged"
        self.versions.append((at, text))
        return "changed" if texts else "new"

    def minor(self) -> list[str | None]:
        """Why each version is hidden at first: its text came back, or it is cosmetic."""
        texts = [text for _, text in self.versions]
        return [
            "reverted" if text in texts[:place] else "cosmetic" if _same(texts, place) else None
            for place, text in enumerate(texts)
        ]

    def changes(self) -> int:
        """How many versions count as a change."""
        return self.minor()[1:].count(None)

    def read_at(self, minute: int) -> Text | None:
        """What the story said when it was last read."""
        return next((text for at, text in reversed(self.readings) if at <= minute), None)


def _same(texts: list[Text], place: int) -> bool:
    return place > 0 and texts[place].words == texts[place - 1].words
