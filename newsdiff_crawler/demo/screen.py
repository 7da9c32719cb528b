"""What the demo prints on the terminal: each catch as it happens, and all of them at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.status import Status
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.demo.catches import Catch, Kind
from newsdiff_crawler.demo.excerpt import excerpt
from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.demo.verdict import Verdict
from newsdiff_crawler.diff import summarise
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.text import count_of
from newsdiff_crawler.times import interval, to_iso
from newsdiff_crawler.web.wording import minor_text, short_time

INDENT = 4
# A sign, its colour and what it means.
KINDS: dict[Kind, tuple[str, str, str]] = {
    "new": ("●", "blue", "first seen"),
    "changed": ("✎", "bold yellow", "rewritten"),
    "cosmetic": ("≈", "dim", "cosmetic"),
    "reverted": ("↺", "magenta", "reverted"),
    "refused": ("⊘", "red", "refused"),
    "absent": ("◌", "red", "absent"),
    "gone": ("✗", "bold red", "gone"),
}


class Screen:
    """Prints to ``console``; links lead to the site at ``address``, "" for none."""

    def __init__(self, console: Console, address: str) -> None:
        self.console = console
        self.address = address
        self._plain = console.color_system is None

    def opening(self) -> None:
        """Introduces the demo."""
        stories = sum(len(paper.stories) for paper in PAPERS)
        self._line(Text("Newsdiff demo", "bold"))
        self._line(
            Text(
                f"Two days of {len(PAPERS)} invented newspapers with {stories} stories. "
                "The crawls are real."
            )
        )
        if self.address:
            self._line(Text.assemble("The record, as it grows: ", (self.address, "underline")))

    def round(self, now: datetime, before: datetime | None) -> None:
        """A new round begins."""
        when = f"{now:%A} {now.day} {now:%B %Y, %H:%M} UTC"
        later = f"{interval(to_iso(before), to_iso(now))} later" if before else "the first check"
        self.console.print()
        title = Text.assemble((when, "bold"), (f"  ·  {later}", "dim"))
        self.console.print(Rule(title, align="left", style="dim"))

    def crawling(self) -> Status:
        """A sign of life, on a terminal, for as long as the crawls take."""
        return self.console.status(Text("the crawls are under way", "dim"))

    def catch(self, catch: Catch) -> None:
        """One catch: the article, what happened, the words that changed, and where to see it."""
        sign, style, _ = KINDS[catch.kind]
        head = Text.assemble((f"{sign} ", style), (catch.article.title, "bold"))
        head.append(f"  {catch.paper.title}", "dim")
        if catch.kind != "new" or catch.round > 1:
            self.console.print()
        self._line(head, 2)
        if catch.change and catch.diff:
            summary = minor_text(catch.change) or summarise(catch.diff).sentence
            silence = " · in silence" if catch.silent else ""
            self._line(Text.assemble((summary, style), (silence, "dim")))
            for line in excerpt(catch.diff, self._plain):
                self._line(line)
            if self.address:
                self._line(Text(self.address + catch.path, "dim underline"))
        elif catch.kind != "new":
            self._line(Text(self._refusal(catch), style))

    def _refusal(self, catch: Catch) -> str:
        due = catch.article.next_check_at
        again = f"checked again on {short_time(due)}" if due else "not checked again"
        event = {
            "refused": f"A consent wall stands in its place. No version made: {catch.reason}",
            "absent": f"The page is not there: {catch.reason}",
            "gone": "The page is gone for good. Its last text is kept",
        }[catch.kind]
        return f"{event}; {again}"

    def table(self, moments: Sequence[datetime], caught: Sequence[Catch]) -> None:
        """Every story, and what happened to it in each round."""
        table = Table(box=None, padding=(0, 1), collapse_padding=True, header_style="dim")
        table.add_column("")
        for moment in moments:
            table.add_column(f"{moment:%a}\n{moment:%H:%M}", justify="center")
        for story in dict.fromkeys(catch.story for catch in caught):
            own = [catch for catch in caught if catch.story is story]
            title = Text(own[-1].article.title, no_wrap=True, overflow="ellipsis")
            table.add_row(title, *_marks(own, len(moments)))
        self.console.print()
        self.console.print(Rule(style="dim"))
        self.console.print(Padding(table, (0, 0, 1, INDENT - 1), expand=False))
        self._line(
            Text("  ").join(Text.assemble((s, c), f" {what}") for s, c, what in KINDS.values())
        )

    def notices(self, watch: str, messages: Sequence[Message]) -> None:
        """What people would be told of it all by a watch; ``watch``: its table."""
        self.console.print()
        self._line(Text("What a watch would tell, by mail, chat or Mastodon", "bold"))
        self._line(Text(watch.rstrip(), "dim"))
        for message in messages:
            self.console.print()
            self._line(Text(message.title, "bold"))
            self._line(Text(message.as_text().rstrip()))

    def verdict(self, verdict: Verdict) -> None:
        """How much was caught, and what went wrong."""
        self.console.print()
        style = "bold red" if verdict.problems else "bold green"
        self._line(
            Text.assemble(
                (f"Caught {verdict.caught} of {verdict.scripted} scripted revisions", style),
                f": {count_of(verdict.versions, 'version')} of {verdict.stories} stories, "
                f"{count_of(verdict.events, 'event')}.",
            )
        )
        for problem in verdict.problems:
            self._line(Text(problem, "red"))

    def farewell(self) -> None:
        """Says that the site stays open."""
        self._line(Text.assemble("The site is open at ", (self.address, "bold underline")))
        self._line(Text("Ctrl-C ends it.", "dim"))

    def _line(self, text: Text, indent: int = INDENT) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent), expand=False))


def _marks(caught: Sequence[Catch], rounds: int) -> list[Text]:
    """A story's row in the table: blank before it was seen and after it was gone."""
    marks = {catch.round: Text(*KINDS[catch.kind][:2]) for catch in caught}
    seen, left = caught[0].round, caught[-1].round if caught[-1].kind == "gone" else rounds + 1
    return [marks.get(n, Text("·" if seen < n < left else "", "dim")) for n in range(1, rounds + 1)]
