"""An article's pages played once more, from the first one on, into a record of its own: what the
record would say, had today's parsers read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import judge, new_version
from newsdiff_crawler.diff import changed_blocks, compare, is_one_story, summarise
from newsdiff_crawler.items import Block, Check, FetchedPage, NewVersion, Outcome, ParsedPage
from newsdiff_crawler.parsing import Refusal
from newsdiff_crawler.rereading.reading import ReadPage, UnreadableError
from newsdiff_crawler.scheduling.schedule import NEVER_CHECKED, after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.kept_pages import History, KeptPage, StoredVersion
from newsdiff_crawler.store.writing.rewriting import Rewritten
from newsdiff_crawler.times import from_iso

Kind = Literal["same", "differs", "equal", "refused", "found", "unreadable"]


@dataclass(frozen=True)
class Finding:
    """What a page comes to now. ``number``: of the version that it made, None: it made none.
    ``said``: what is other, for people."""

    kind: Kind
    number: int | None
    said: str = ""


@dataclass(frozen=True)
class Replayed:
    """What an article comes to."""

    history: History
    findings: tuple[Finding, ...]
    versions: tuple[Rewritten, ...]

    @property
    def differs(self) -> bool:
        """Whether the record would say anything else."""
        return any(each.kind not in ("same", "unreadable") for each in self.findings)


def as_it_was(history: History, read_page: ReadPage, since: str) -> Replayed | None:
    """Where all pages of an article are read as they were, and so nothing need be played; None
    where any is not. Most articles are like that."""
    findings, prefer = [], ""
    for page in history.pages:
        stored = page.version
        try:
            read = _read(history, page, read_page, since, prefer)
        except Refusal:
            if stored:
                return None
            continue
        except UnreadableError as error:
            if stored:
                findings.append(Finding("unreadable", stored.number, str(error)))
            continue
        if stored is None:
            if read:
                return None
            continue
        if read is None or tuple(read.blocks()) != stored.blocks or _others(stored, read):
            return None
        findings.append(Finding("same", stored.number))
        prefer = read.parser
    return Replayed(history, tuple(findings), ())


def _read(
    history: History, page: KeptPage, read_page: ReadPage, since: str, prefer: str
) -> ParsedPage | None:
    """A page as it is read now, or stands in the record where it is not to be. Raises Refusal and
    UnreadableError."""
    if page.snapshot is None or page.at < since:
        return page.version.page if page.version else None
    return read_page(page.snapshot, history.bodies, prefer)


class Replay:
    """Plays an article's pages. ``since``: those of before are not read, and stay as they are.
    ``scratch``: a record for nothing else. ``boilerplate``: of the blocks of a text that differ,
    those of the source. ``may_be_found``: whether a page that made no version may be the story, and
    whether the article has a text already."""

    def __init__(
        self,
        history: History,
        read_page: ReadPage,
        since: str,
        scratch: Store,
        boilerplate: Callable[[FetchedPage, list[Block]], frozenset[str]],
        may_be_found: Callable[[FetchedPage, bool], bool],
    ) -> None:
        self._history, self._read_page, self._since = history, read_page, since
        self._scratch, self._boilerplate, self._may_be_found = scratch, boilerplate, may_be_found
        scratch.queue.track(history.source, [history.url], from_iso(history.first_seen_at))
        self._id = scratch.addresses.owner(history.url) or 0
        self._versions: list[Rewritten] = []
        self._of_page = _of_page(history)

    def run(self) -> Replayed:
        """What it comes to; once."""
        found = tuple(finding for page in self._history.pages for finding in self._play(page))
        return Replayed(self._history, found, tuple(self._versions))

    def _play(self, page: KeptPage) -> Iterator[Finding]:
        number = page.version.number if page.version else None
        try:
            prefer = self._scratch.latest(self._id, "").parser or ""
            read = _read(self._history, page, self._read_page, self._since, prefer)
        except UnreadableError as error:
            if page.version:
                self._again(page, page.version, self._fetched(page, page.version.page))
                yield Finding("unreadable", number, str(error))
            return
        except Refusal as refusal:
            if number:
                yield Finding("refused", number, str(refusal))
            return
        if read is None:
            return
        fetched = self._fetched(page, read)
        if page.version:
            yield self._again(page, page.version, fetched)
        else:
            yield from self._maybe(page, fetched)

    def _fetched(self, page: KeptPage, read: ParsedPage) -> FetchedPage:
        return FetchedPage(
            page=read,
            source=self._history.source,
            article_id=self._id,
            url=page.url,
            fetched_at=page.at,
        )

    # --- A version that the record has ------------------------------------------------------------

    def _again(self, page: KeptPage, stored: StoredVersion, fetched: FetchedPage) -> Finding:
        candidate = self._informed(fetched)
        blocks = fetched.page.blocks()
        if self._versions and [*self._versions[-1].blocks] == blocks:
            return Finding("equal", stored.number)
        is_same = tuple(blocks) == stored.blocks
        judged = new_version(candidate) if is_same else _believed(judge(candidate), candidate)
        if isinstance(judged, Check):
            return Finding("equal", stored.number, judged.reason)
        others = _others(stored, fetched.page)
        self._add(judged, page, stored if is_same and not others else None, stored)
        if is_same and not others:
            return Finding("same", stored.number)
        said = summarise(compare([*stored.blocks], blocks)).sentence
        return Finding("differs", stored.number, said or f"other {' and '.join(others)}")

    # --- A page that made none --------------------------------------------------------------------

    def _maybe(self, page: KeptPage, fetched: FetchedPage) -> Iterator[Finding]:
        has_text = bool(self._versions)
        real = replace(fetched, article_id=self._history.article_id)
        candidate = self._informed(fetched)
        if not page.was_believed and (
            page.url not in self._history.addresses
            or not self._may_be_found(real, has_text)
            or (has_text and not (candidate.is_known or is_one_story(candidate.diff)))
        ):
            return
        judged = judge(candidate)
        if isinstance(judged, NewVersion):
            self._add(judged, page, None, None)
            yield Finding("found", None, f"“{fetched.page.title}”")
        elif judged.unconfirmed:
            self._scratch.record_check(judged, NEVER_CHECKED)

    # --- Pieces -----------------------------------------------------------------------------------

    def _informed(self, fetched: FetchedPage) -> Candidate:
        latest = self._scratch.latest(self._id, fetched.content_hash)
        candidate = Candidate(fetched, latest)
        if candidate.is_first or candidate.is_known:
            return candidate
        real = replace(fetched, article_id=self._history.article_id)
        changed = candidate.changed_blocks()
        known = self._boilerplate(real, changed)
        of_page = self._of_page.intersection(block.text for block in changed)
        return candidate.informed(known, of_page) if known or of_page else candidate

    def _add(
        self,
        version: NewVersion,
        page: KeptPage,
        same: StoredVersion | None,
        stored: StoredVersion | None,
    ) -> None:
        """``same``: the version of the record, where it says just this."""
        at = from_iso(version.fetched.fetched_at)
        outcome: Outcome = (
            "new" if version.number == 1 else "changed" if version.is_change else "unchanged"
        )
        state = after_check(outcome, version.latest.schedule_state, at)
        self._scratch.add_version(version, state)
        if stored and stored.row["page_changed"] == 2:
            self._scratch.rewriting.mark_placeholder(self._id, version.number)
        base = version.compared_with or version.number - 1
        is_untouched = same is not None and self._is_base_untouched(same, base)
        row = self._scratch.rewriting.row(self._id, version.number)
        if stored and stored.row["page_changed"] == row["page_changed"] == 1:
            row["cosmetic"] = stored.row["cosmetic"]  # not noted where it was found out later
        self._versions.append(
            Rewritten(
                was=stored.number if stored else None,
                row=row,
                judged_as=same.row if same and is_untouched else None,
                blocks=tuple(version.fetched.page.blocks()),
                is_read_anew=same is None,
                snapshot_id=page.snapshot_id,
                removals=tuple(self._scratch.rewriting.removed(self._id, version.number)),
            )
        )

    def _is_base_untouched(self, stored: StoredVersion, base: int) -> bool:
        """Whether it is compared with the same version as in the record, which says the same."""
        if base == 0:
            return stored.number == 1
        was = stored.row["compared_with"] or stored.number - 1
        before = self._versions[base - 1]
        return before.was == was and not before.is_read_anew


def _of_page(history: History) -> frozenset[str]:
    """Texts of blocks that the record found to be the page's doing: other ones at each look, or a
    redesign's. How often an article was looked at in between the archive does not say."""
    stored = {page.version.number: page.version for page in history.pages if page.version}
    texts: set[str] = set()
    for version in stored.values():
        base = stored.get(version.row["compared_with"] or version.number - 1)
        if base and version.row["page_changed"] == 1:
            changed = changed_blocks([*base.blocks], [*version.blocks])
            texts |= {block.text for block in changed}
    return frozenset(texts)


def _believed(judged: NewVersion | Check, candidate: Candidate) -> NewVersion | Check:
    """What the record has was believed, though it was short."""
    if isinstance(judged, Check) and judged.unconfirmed:
        return new_version(candidate)
    return judged


def _others(stored: StoredVersion, page: ParsedPage) -> list[str]:
    """What a page says besides its text, and said otherwise when it was stored."""
    known = stored.page
    pairs = {
        "authors": (known.authors, page.authors),
        "date of publication": (known.published_at, page.published_at),
        "date of change": (known.modified_at, page.modified_at),
    }
    return [name for name, (before, now) in pairs.items() if before != now]
