"""Notices of the record become a message, at the moment at which it goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.shown import shown_pieces
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.writing import outbox
from newsdiff_crawler.store.writing.outbox import Notice
from newsdiff_crawler.telling.message import LISTED, Message, Told, one_line, title_of_digest
from newsdiff_crawler.telling.passage import passage_of


class Composer:
    """``titles``: the sources, as people call them. ``site``: where readers reach the site."""

    def __init__(self, records: Records, titles: Mapping[str, str], site: str) -> None:
        self._records, self._titles, self._site = records, titles, site

    def message(
        self, message: outbox.Message, notices: Sequence[Notice], reply_to: str = ""
    ) -> Message | None:
        """What is to go out; None where nothing is left of it."""
        changes = [*self._found(notices)]
        texts = [*dict.fromkeys(each.text for each in notices if each.text is not None)]
        if not changes and not texts:
            return None
        told = [self.told(change) for change in changes[:LISTED]]
        total = len(changes) + len(texts)
        return Message(
            name=message.name,
            watch=message.watch,
            made_at=message.made_at,
            title=self._title(message.watch, changes, texts, told),
            changes=told,
            text="\n".join(texts),
            total=total if changes else 0,
            thread=_thread(changes) if total == 1 else "",
            reply_to=reply_to,
            site=self._site,
        )

    def _found(self, notices: Sequence[Notice]) -> Iterator[Change]:
        for notice in notices:
            if notice.article_id is not None and notice.number is not None:
                change = self._records.changes.at(notice.article_id, notice.number)
                if change:  # else it was taken down or merged a moment ago
                    yield change

    def told(self, change: Change) -> Told:
        """A change, as it is told."""
        which = (change.article_id, change.from_version, change.to_version)
        path = diff_path(*which)
        version = self._records.version(change.article_id, change.to_version)
        diff = compare(*self._records.differing(*which))
        return Told(
            change,
            self._paper(change.source),
            page=f"{self._site}{path}" if self._site else "",
            passage=passage_of(diff),
            copy=(version and version.copy) or "",
            shown=shown_pieces(diff),
        )

    def _paper(self, source: str) -> str:
        return one_line(self._titles.get(source, source))

    def _title(
        self, watch: str, changes: Sequence[Change], texts: Sequence[str], told: Sequence[Told]
    ) -> str:
        if not changes:
            more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
            return f"newsdiff: {one_line(texts[0])}{more}"
        if len(changes) == 1:
            return told[0].headline
        return title_of_digest(watch, len(changes), self._by_paper(changes))

    def _by_paper(self, changes: Sequence[Change]) -> Counter[str]:
        return Counter(self._paper(change.source) for change in changes)


def diff_path(article_id: int, older: int, newer: int) -> str:
    """The path of the site's diff page."""
    return f"/articles/{article_id}/diff/{older}/{newer}"


def _thread(changes: Sequence[Change]) -> str:
    return f"article-{changes[0].article_id}" if len(changes) == 1 else ""
