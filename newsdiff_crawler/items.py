"""What passes from the spider to the record, one type for each stage.

`Publisher`: who a source is. `FeedEntry`: an article as a feed lists it; `LeftOut`: why entries of
a feed led to none. `ParsedPage`: what a page said. `FetchedPage`: the same, of an article, at a
moment; or a `Check` that brought no text. `LatestState`: what the record knows of the article.
`NewVersion`: what both together come to, where that is a version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from typing import Literal

from newsdiff_crawler.scheduling.schedule import NEVER_CHECKED, ScheduleState
from newsdiff_crawler.text import body_key, content_hash, count_words, text_key

# The revision of what all parsers read by: another one where the same pages give another text. What
# it changes in a text is our doing, as with another parser.
READING = 2

BlockKind = Literal[
    "headline",
    "standfirst",
    "byline",
    "paragraph",
    "subheading",
    "list_item",
    "quote",
    "caption",
]

# What stands over the body, one of each at most.
HEAD: tuple[BlockKind, ...] = ("headline", "standfirst", "byline")
# Of these, what newsrooms try out in turn.
TRIED_IN_TURN: tuple[BlockKind, ...] = ("headline", "standfirst")

Outcome = Literal["new", "changed", "unchanged", "gone", "blocked", "failed"]

# Why a change is not counted, and not listed unless asked for. The column `versions.minor` says the
# same.
Minor = Literal["cosmetic", "reverted", "parser", "page", "held"]


# A language that has two codes of its own: who looks for it means both.
_BOTH = {"no": ("nb", "nn")}


def is_written_in(stated: str, language: str) -> bool:
    """Whether a source that states a language is in the one that is asked for, in any of the ways
    to write it."""
    asked = (language.lower(), *_BOTH.get(language.lower(), ()))
    return stated.lower().startswith(asked)


@dataclass(frozen=True)
class Publisher:
    """Who a source is. ``country``: ISO 3166; ``language``: ISO 639; either may be empty.
    ``feeds``: without sitemaps. ``home``: the address of its front page."""

    name: str
    title: str
    country: str = ""
    language: str = ""
    feeds: Sequence[str] = ()
    home: str = ""


@dataclass(frozen=True)
class FeedEntry:
    """A link to an article. ``mark``: hexadecimal digits that change with what the feed says of
    it: its guid (the BBC's end in a revision's number), title, summary or dates. ``title`` and
    ``guid`` are empty where it states none, and so is ``dated``, the last of its dates in UTC."""

    url: str
    mark: str
    title: str = ""
    guid: str = ""
    dated: str = field(default="", compare=False)


@dataclass(frozen=True)
class LeftOut:
    """How many entries of one feed or of several led to no article, by the reason. ``by_host``:
    those whose link lies on another host than the source's, host by host. ``malformed``: those
    whose link is no usable address; ``named``: the first of them in words, with what is wrong.
    ``older``: those beyond the newest ones, at least so many."""

    by_host: Mapping[str, int] = field(default_factory=dict)
    by_rule: int = 0
    no_link: int = 0
    malformed: int = 0
    named: tuple[str, ...] = ()
    older: int = 0

    def __add__(self, other: LeftOut) -> LeftOut:
        hosts = {*self.by_host, *other.by_host}
        return LeftOut(
            {host: self.by_host.get(host, 0) + other.by_host.get(host, 0) for host in hosts},
            self.by_rule + other.by_rule,
            self.no_link + other.no_link,
            self.malformed + other.malformed,
            self.named + other.named,
            self.older + other.older,
        )

    def __str__(self) -> str:
        """For people; empty where nothing was left out."""
        reasons = [
            (sum(self.by_host.values()), f"on another host ({_most(self.by_host)})"),
            (self.by_rule, "by rule"),
            (self.no_link, "without a link"),
            (self.malformed, "malformed"),
            (self.older, "beyond the newest"),
        ]
        return ", ".join(f"{count} {reason}" for count, reason in reasons if count)


NOTHING_LEFT_OUT = LeftOut()


def _most(counts: Mapping[str, int], shown: int = 3) -> str:
    """The names with the greatest counts: ``a.example 38, b.example 2 and 4 more``."""
    names = sorted(counts, key=lambda name: (-counts[name], name))
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(f"{name} {counts[name]}" for name in names[:shown]) + more


@dataclass(frozen=True)
class Block:
    """One piece of an article's text, as the reader sees it: no markup, normalised white space."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class ChangeCounts:
    """How one version differs from the one before: words and blocks, as the diff counts them."""

    words_added: int = 0
    words_removed: int = 0
    blocks_added: int = 0
    blocks_removed: int = 0
    blocks_edited: int = 0
    blocks_moved: int = 0
    title_changed: bool = False


@dataclass(frozen=True)
class ParsedPage:
    """What a page says, as its parser reads it. Times are UTC, ISO 8601, whole seconds."""

    title: str
    body: list[Block]
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    published_at: str | None = None
    modified_at: str | None = None
    parser: str = ""  # name of the parser version that read the page, as "bbc/2024"
    reading: int = READING
    canonical_url: str | None = None  # what the page says of itself; unchecked
    # Hooks of the parser whose selectors matched nothing, of those that should on most pages.
    unmatched: tuple[str, ...] = field(default=(), compare=False)

    def blocks(self) -> list[Block]:
        """The whole text in reading order: headline, standfirst, byline, then the body."""
        head = [
            Block("headline", self.title),
            Block("standfirst", self.standfirst),
            Block("byline", ", ".join(self.authors)),
        ]
        return [block for block in head if block.text] + self.body


@dataclass(frozen=True)
class Exchange:
    """What was asked of a server and what it answered: what the archive keeps. The body is as it
    was read, without what compressed it on its way. ``ip``: of the server, where it is known."""

    url: str
    at: str
    method: str
    request_headers: tuple[tuple[str, str], ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    ip: str = ""

    @cached_property
    def body_sha256(self) -> str:
        """Hexadecimal."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """Where the archive keeps an exchange. ``offset`` and ``length``, in bytes: of the record of
    the answer and that of the request, which follows it. ``same_as``: the record id of the answer
    that had the same bytes, which are not kept twice."""

    url: str
    at: str
    status: int
    body_sha256: str
    file: str
    offset: int
    length: int
    record_id: str
    same_as: str | None = None


@dataclass(frozen=True)
class FetchedPage:
    """A check of an article that brought a text."""

    page: ParsedPage
    source: str
    article_id: int
    url: str  # that answered
    fetched_at: str
    moved_from: str | None = None  # the URL that was asked for, where it led to another
    stated_url: str | None = None  # what the page calls itself, where that may be an article
    is_trial: bool = False  # not the article's URL was asked, but another of its addresses
    body_hash: str | None = None  # of the answer's bytes
    etag: str | None = None
    last_modified: str | None = None
    noted_at: str | None = None  # when we read what the Internet Archive fetched; None: we did
    exchange: Exchange | None = field(default=None, compare=False, repr=False)

    @cached_property
    def content_hash(self) -> str:
        """Of the whole text."""
        return content_hash(block.text for block in self.page.blocks())

    @cached_property
    def text_key(self) -> int:
        """Of the text without its byline: by it one text is found at other addresses."""
        return text_key(block.text for block in self.page.blocks() if block.kind != "byline")

    @cached_property
    def body_key(self) -> int:
        """Of the text below headline and byline, blind to numbers: a wall may keep the headline."""
        return body_key(block.text for block in self.page.body)

    @cached_property
    def words(self) -> int:
        """How many the whole text has."""
        return sum(count_words(block.text) for block in self.page.blocks())

    def has_more_words(self, than: int) -> bool:
        """Whether the whole text has more words; of a long one the beginning says so."""
        counts = (count_words(block.text) for block in self.page.blocks())
        return any(number > than for number in accumulate(counts))


@dataclass(frozen=True)
class Check:
    """A check of an article that brought no new text, and why. One that brought a text is a
    `FetchedPage`, and where that text is new a `NewVersion`."""

    source: str
    url: str
    article_id: int
    outcome: Outcome
    checked_at: str
    reason: str = ""  # one line for people: "HTTP 500", "no text", "timed out after 30 s"
    unconfirmed: bool = False  # a text was read, and not believed yet
    is_absent: bool = False  # the address answers, and no longer with the story
    is_trial: bool = False  # as in `FetchedPage`
    other_text: FetchedPage | None = None  # what was there in place of the story
    is_over_budget: bool = False  # to read it took too long
    retry_after: int | None = None  # seconds that the server asks us to wait
    not_modified: int = 0  # 304s in a row, this one included
    seen_hash: str | None = None  # of a text that is known too well to be stored once more
    read_by: tuple[str, int] | None = None  # parser and reading, of a text that is the newest one
    body_hash: str | None = None  # of the answer's bytes
    etag: str | None = None
    last_modified: str | None = None
    exchange: Exchange | None = field(default=None, compare=False, repr=False)
    snapshot: Snapshot | None = None  # of what was refused or doubted


@dataclass(frozen=True)
class LatestState:
    """What the record knows of an article when a text of it comes, read before anything is decided.

    ``schedule_state``: before this check. ``number``: of its newest version (0: none yet).
    ``base``: of the newest one that is not the page's doing; the text is compared with that, and
    ``words_hash``, ``parser``, ``words`` and ``layout`` are its. ``seen_hash``: of the text last
    seen, which differs where that was not stored again. Only for another text than that:
    ``same_text_in``, the versions that had exactly this text, oldest first, ``passages``, all of
    the article, by id, and ``turns``: how often each headline and standfirst came, by id of
    passage. In versions A, A, B, A the headline A came twice.
    """

    schedule_state: ScheduleState = NEVER_CHECKED
    url: str = ""  # of the article
    number: int = 0
    base: int = 0
    seen_hash: str | None = None
    words_hash: str | None = None
    parser: str | None = None
    reading: int = READING
    words: int = 0
    unconfirmed: bool = False
    layout: tuple[int, ...] = ()
    same_text_in: tuple[int, ...] = ()
    passages: Mapping[int, Block] = field(default_factory=dict)
    turns: Mapping[int, int] = field(default_factory=dict)

    def blocks(self) -> list[Block]:
        """The text that the next one is compared with, in reading order."""
        return [self.passages[id_] for id_ in self.layout]


@dataclass(frozen=True)
class NewVersion:
    """A text that becomes the next version of its article. ``changes``, ``labels`` and
    ``summary`` tell it from the newest one so far; the first version has none."""

    fetched: FetchedPage
    latest: LatestState
    words_hash: str
    changes: ChangeCounts | None = None
    labels: Sequence[str] = ()  # "figures", ...
    summary: str = ""  # one line of English
    boilerplate: frozenset[str] = frozenset()  # of the blocks that differ, those of the source
    restless: frozenset[str] = frozenset()  # of blocks that are other ones at each look
    page_changed: bool = False  # nothing else differs
    # Blocks that it no longer has, and what stands in the place of each.
    replaced: Mapping[Block, Block] = field(default_factory=dict)
    snapshot: Snapshot | None = None  # of the answer that held it

    @property
    def number(self) -> int:
        """From 1."""
        return self.latest.number + 1

    @property
    def parser_changed(self) -> bool:
        """Whether another parser read the version that this one is compared with."""
        page = self.fetched.page
        return self.number > 1 and (self.latest.parser, self.latest.reading) != (
            page.parser,
            page.reading,
        )

    @property
    def compared_with(self) -> int | None:
        """The number of the version that it is compared with, where that is not the one before."""
        return self.latest.base if 0 < self.latest.base < self.latest.number else None

    @property
    def reverts_to(self) -> int | None:
        """The number of the last version that had exactly this text."""
        return self.latest.same_text_in[-1] if self.latest.same_text_in else None

    @property
    def cosmetic(self) -> bool:
        """Whether it differs from the newest version so far in nothing that matters."""
        is_alike = self.latest.words_hash == self.words_hash
        return is_cosmetic(words_alike=is_alike, changes=self.changes)

    @property
    def minor(self) -> Minor | None:
        """Why the change is not counted; None: it counts."""
        return minor_of(
            page_changed=self.page_changed,
            parser_changed=self.parser_changed,
            reverts_to=self.reverts_to,
            cosmetic=self.cosmetic,
        )

    @property
    def is_change(self) -> bool:
        """Whether it is counted as a change."""
        return self.number > 1 and self.minor is None

    @property
    def takes_text_out(self) -> bool:
        """Whether what the version before had and this one has not was taken out."""
        return self.number > 1 and takes_out(
            parser_changed=self.parser_changed, cosmetic=self.cosmetic
        )


def is_cosmetic(*, words_alike: bool, changes: ChangeCounts | None) -> bool:
    """Whether nothing that matters differs between two versions: their words hashes are equal, or
    the diff, which is blind to time stamps and to the style of signs too, counts nothing. Words
    that became a quotation, or are none any more, are alike, and matter."""
    if changes is None or changes == ChangeCounts():
        return words_alike or changes is not None
    requoted = changes.blocks_edited and not (changes.words_added or changes.words_removed)
    return words_alike and not requoted


def minor_of(
    *, page_changed: bool, parser_changed: bool, reverts_to: int | None, cosmetic: bool
) -> Minor | None:
    """Why a change is not counted; None: it counts. Twin of the column ``versions.minor``, which
    also knows versions that were held back since."""
    if page_changed:
        return "page"
    if parser_changed:
        return "parser"
    if reverts_to is not None:
        return "reverted"
    return "cosmetic" if cosmetic else None


def takes_out(*, parser_changed: bool, cosmetic: bool) -> bool:
    """Whether what a new version no longer has was taken out by the newspaper, and is noted in
    ``removals``. So it was when an earlier text came back, though that is not counted."""
    return not (parser_changed or cosmetic)
