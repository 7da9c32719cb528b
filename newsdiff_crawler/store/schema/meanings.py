"""What every table, view, column and word of the record means: the text of docs/record.md.

A test fails for a column, a state or a kind of event that is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args

from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.items import BlockKind, Minor, Outcome
from newsdiff_crawler.scheduling.schedule import EventKind, State
from newsdiff_crawler.store.writing.copies import CopyState
from newsdiff_crawler.store.writing.outbox import MessageState

TIME = "time"
SECONDS = "seconds"
FLAG = "0 or 1"
COUNT = "count"
URL = "URL"
HASH = "32 hex digits"


class Column(NamedTuple):
    """``unit``: of a number, or the form of a text; the name of a set of WORDS in brackets."""

    meaning: str
    unit: str = ""


class Table(NamedTuple):
    """A table or view: what one row is, and its columns."""

    meaning: str
    columns: Mapping[str, Column]


class Words(NamedTuple):
    """A closed set of words in the record. ``known``: all of them, as the code has them."""

    title: str
    stands_in: str
    known: tuple[str, ...]
    meanings: Mapping[str, str]


# Null in a first version, which follows none.
_COUNTS = {
    "words_added": Column("words that the version before did not have in that place", COUNT),
    "words_removed": Column("words of the version before that went", COUNT),
    "blocks_added": Column("blocks that are new", COUNT),
    "blocks_removed": Column("blocks that went", COUNT),
    "blocks_edited": Column(
        "blocks that stayed with other words, split and merged ones too", COUNT
    ),
    "blocks_moved": Column("blocks that stand in another place", COUNT),
    "title_changed": Column("the headline has other words", FLAG),
}
_SCHEDULED = {
    "last_checked_at": Column("the last check, whatever it came to; null: none yet", TIME),
    "failures": Column(
        "checks in a row that were not good (failed, blocked or gone; of a feed also put off); "
        "0: the last one was good",
        COUNT,
    ),
}
_VALIDATORS = {
    "etag": Column("of the last good answer; sent back as `If-None-Match`", "HTTP header"),
    "last_modified": Column("of the last good answer; sent as `If-Modified-Since`", "HTTP header"),
    "not_modified": Column(
        "answers 304 in a row; after nine, the whole page is asked for once", COUNT
    ),
}

TABLES: Mapping[str, Table] = {
    "articles": Table(
        "A story, known by the URL that answers with it. One that was found and never read has no "
        "version.",
        {
            "id": Column("never given twice, not even when the article was merged into another"),
            "source": Column("name of the source, as `scrapy list` has it"),
            "url": Column(
                "asked at the next check: the last one that answered with the story, clean", URL
            ),
            "title": Column("headline of the latest version; null: no version yet"),
            "first_seen_at": Column("a feed, a sitemap or a person named it", TIME),
            "published_at": Column("as the latest version states it; null: it does not", TIME),
            **_SCHEDULED,
            "last_changed_at": Column("the latest version was fetched", TIME),
            "last_real_change_at": Column("the latest change that is not minor; null: none", TIME),
            "next_check_at": Column(
                "the next check is due; of a claimed article the end of the claim; "
                "null: it will not be checked again, and `state` says why",
                TIME,
            ),
            "wait": Column("from the last good check to the next one", SECONDS),
            "state": Column("its present condition: live, gone ...; see below", "[article state]"),
            "version_count": Column("versions, which are numbered from 1", COUNT),
            "change_count": Column("changes that count: those that are not minor", COUNT),
            "parser": Column("parser that read the text last seen, as `bbc/2024`"),
            "reading": Column("revision of our reading of pages that this was", "from 1"),
            "seen_hash": Column(
                "`content_hash` of the text last seen; another than the latest version's where "
                "a text came back that was not stored again",
                HASH,
            ),
            "body_hash": Column("of the bytes of the page last read, BLAKE2b-128", HASH),
            "confirmed_at": Column(
                "the newest version was last seen, by an answer of 304 too; null: of before it was "
                "noted",
                TIME,
            ),
            **_VALIDATORS,
            "absent_since": Column(
                "the first 404 or 410 in a row; null: not since the last good check", TIME
            ),
            "claimed_by": Column("`runs.id` of the crawl that is checking it now; null: none"),
            "trial_url": Column(
                "another address, asked at the next check in place of `url`: it becomes that if it "
                "answers with the story; null: none",
                URL,
            ),
            "unconfirmed": Column(
                "the last check read a text with under half of the words; it is believed if "
                "it is seen again",
                FLAG,
            ),
            "hinted_by": Column("`feeds.id` whose hint no good check has answered yet; null: none"),
            "hinted_while_claimed": Column(
                "a hint came while a crawl was checking it, so another check follows", FLAG
            ),
            "last_error": Column(
                "why the last check was not good: failed, blocked or gone; null: it went well, or "
                "there was none"
            ),
        },
    ),
    "notices": Table(
        "Something that people are to be told: what a version changed, or a text for operators.",
        {
            "id": Column("in the order in which they were made"),
            "watch": Column("name of the watch that it is for; `alarms`: for operators"),
            "channel": Column("name of the channel that it is to go out by"),
            "article_id": Column("the article; null: it is a text"),
            "number": Column("the version that changed it", "from 1"),
            "text": Column("what operators are told; null: it is a change"),
            "made_at": Column("the version was fetched, or the text written", TIME),
            "due_at": Column("it may be told from then on", TIME),
            "message_id": Column("`messages.id` of the message that tells it; null: none yet"),
            "withdrawn": Column("why it is not told; null: it is"),
        },
    ),
    "messages": Table(
        "Notices that go out together. What is done with is forgotten after 30 days.",
        {
            "id": Column("in the order in which they were made"),
            "name": Column("as receivers know it, the same at each attempt", "32 hex digits"),
            "watch": Column("as in `notices`"),
            "channel": Column("as in `notices`"),
            "digest": Column("it stands for several notices", FLAG),
            "made_at": Column("it was put together", TIME),
            "due_at": Column("it is tried then; null: it is done with", TIME),
            "attempts": Column("that were begun", COUNT),
            "state": Column("what became of it", "[message state]"),
            "done_at": Column("it was sent, or given up; null: neither yet", TIME),
            "said": Column("why the last attempt failed; null: none did"),
            "answer": Column("what the service calls it; null: it does not say"),
        },
    ),
    "copies": Table(
        "A copy of a version's page in the Internet Archive: wanted, asked for, or there. What "
        "came to nothing is forgotten after 30 days.",
        {
            "id": Column("in the order in which the versions were stored"),
            "article_id": Column("the article"),
            "number": Column("the version", "from 1"),
            "url": Column("the address that is to be copied", URL),
            "weight": Column(
                "what is asked for first: 0 an edit that counts, 1 a first version, 2 another"
            ),
            "made_at": Column("the version was fetched", TIME),
            "due_at": Column(
                "it is asked for, or looked at, from then on; null: it is done with", TIME
            ),
            "attempts": Column("that came to nothing", COUNT),
            "asked_at": Column("it was last asked for; null: not yet", TIME),
            "job": Column("what the archive calls its work on it; null: it was not asked"),
            "state": Column("what became of it", "[copy state]"),
            "done_at": Column("it was there, or given up; null: neither yet", TIME),
            "said": Column("why the last attempt came to nothing; null: none did"),
            "address": Column("where it is; null: nowhere", URL),
        },
    ),
    "alarms": Table(
        "Something that is wrong, and that operators were told.",
        {
            "name": Column("what it is about, as `source bbc`"),
            "said": Column("what they were told"),
            "since": Column("they were", TIME),
        },
    ),
    "article_urls": Table(
        "An address that ever led to an article.",
        {
            "url": Column("clean: without tracking parameters and fragment", URL),
            "article_id": Column("the article"),
            "answered_at": Column(
                "it first answered with the article's text; null: it was listed, or led elsewhere",
                TIME,
            ),
        },
    ),
    "stated_urls": Table(
        "An address that is said to be an article's and has not shown its story.",
        {
            "article_id": Column("the article"),
            "url": Column("clean", URL),
            "how": Column(
                "who says so: `canonical` (its page), `guid` (a feed, which lists both "
                "under one name), `former` (it was its address)"
            ),
            "stated_at": Column("first", TIME),
            "refused_at": Column("it was tried in vain; null: not tried", TIME),
            "reason": Column("what it answered then"),
        },
    ),
    "other_texts": Table(
        "A text that stood at an article's address and is not held to be its story: a wall, a "
        "notice, another story. The latest 20 of an article.",
        {
            "id": Column(""),
            "article_id": Column("the article"),
            "url": Column("that answered with it", URL),
            "text_key": Column("as in `versions`"),
            "body_key": Column(
                "the same of the text below the headline, without numbers", "62 bits"
            ),
            "first_at": Column("", TIME),
            "last_at": Column("", TIME),
            "looks": Column("checks that brought it", COUNT),
            "title": Column("its headline"),
            "text": Column("all of it, a block on each line"),
            "words": Column("words of the whole text", COUNT),
            "reason": Column("why it is not the story, as the last check said"),
        },
    ),
    "merged_articles": Table(
        "An article that became part of another one. Its addresses on the site lead there (301).",
        {
            "id": Column("the id that it had"),
            "article_id": Column("the article that it is part of now"),
            "shift": Column("added to the numbers that its versions had", COUNT),
        },
    ),
    "versions": Table(
        "A text that an article had, in the order in which they were seen.",
        {
            "article_id": Column("the article"),
            "number": Column("from 1, without gaps"),
            "source": Column("the article's, for queries by source"),
            "fetched_at": Column("the answer that held it came", TIME),
            "title": Column("headline"),
            "authors": Column("names, in the order of the byline", "JSON list of text"),
            "published_at": Column("as the page states it; null: it does not", TIME),
            "modified_at": Column("as the page states it; null: it does not", TIME),
            "content_hash": Column("of the exact text, normalised: BLAKE2b-128", HASH),
            "words_hash": Column(
                "the same, blind to case, quotes, dashes, punctuation and where blocks end", HASH
            ),
            "layout": Column("its passages in reading order", "JSON list of `passages.id`"),
            "parser": Column("parser that read it, as `bbc/2024`"),
            "cosmetic": Column(
                "only white space, quotes, dashes, punctuation, case, the ends of paragraphs or a "
                "time stamp differ from the version before",
                FLAG,
            ),
            "parser_changed": Column(
                "not read by the parser, or the revision of it, that read the text before", FLAG
            ),
            "page_changed": Column(
                "1: the page's doing: nothing differs but what is the source's boilerplate, a "
                "block that is another one at each check, or what a redesign changed everywhere; "
                "2: the text is no story at all, a page stood in its place; nothing is compared "
                "with it",
                "0, 1 or 2",
            ),
            "held": Column(
                "held back, since far more pages of the source changed than is usual, until it is "
                "clear who changed them",
                FLAG,
            ),
            "reverts_to": Column("number of the last version with this very text; null: none"),
            "compared_with": Column(
                "number of the version that it is compared with; null: the one before it"
            ),
            "text_key": Column(
                "by it one text is found at other addresses; null: of before it was noted",
                "62 bits",
            ),
            "minor": Column(
                "why the change is not counted, and not listed unless asked for; null: it counts. "
                "Computed from `page_changed`, `held`, `parser_changed`, `reverts_to`, `cosmetic`",
                "[reason to hide a change]",
            ),
            "labels": Column("what sort of thing changed", "JSON list of [label]"),
            "summary": Column("what changed, in one line of English"),
            "words": Column("words of the whole text", COUNT),
            **_COUNTS,
            "fetched_url": Column("that answered; null: of before it was noted", URL),
            "captured": Column(
                "the Internet Archive fetched it, at that time and before we knew the article; "
                "`fetched_url` is its copy",
                FLAG,
            ),
            "text_hash": Column(
                "SHA-256 of its blocks, as `evidence.py` writes them", "64 hex digits"
            ),
            "previous_hash": Column(
                "`version_hash` of the version before it in the article; null: none",
                "64 hex digits",
            ),
            "version_hash": Column(
                "SHA-256 of all three: page, text, version before it, with title, times and "
                "address, as `evidence.py` writes them; null: of before there were any, until the "
                "article gets its next version",
                "64 hex digits",
            ),
            "snapshot": Column("the page that held it; null: none was kept", "`snapshots.id`"),
            "confirmed_at": Column(
                "last seen, where a check saw it again before the next version came; null: it was "
                "not, or it is the newest one (`articles.confirmed_at`)",
                TIME,
            ),
            "root": Column("the Merkle root that knows it; null: none yet", "`roots.id`"),
            "read_anew_at": Column(
                "`scrapy reparse` read its page anew, and otherwise; null: it never did", TIME
            ),
            "size": Column("`words_added` and `words_removed` together, computed", COUNT),
        },
    ),
    "snapshots": Table(
        "Where `archive/` keeps a page: that behind a version, or one that was refused or doubted.",
        {
            "id": Column(""),
            "article_id": Column("the article"),
            "url": Column("that answered", URL),
            "at": Column("the answer came", TIME),
            "status": Column("of the answer", "HTTP status"),
            "outcome": Column(
                "what the check came to; `unchanged`: a minor version", "[outcome of a check]"
            ),
            "reason": Column("why no version was made of it; null: one was"),
            "body_sha256": Column("SHA-256 of the answer's body, uncompressed", "64 hex digits"),
            "file": Column("below `archive/`"),
            "offset": Column("where the record of the answer begins", "bytes"),
            "length": Column(
                "of that record and of the request's, which follows it", "compressed bytes"
            ),
            "record_id": Column("WARC-Record-ID of the answer", "UUID"),
            "same_as": Column(
                "the record that has the same body, which is not kept twice; null: its own",
                "UUID",
            ),
            "let_go_at": Column(
                "the page was removed, since its story never changed "
                "(`NEWSDIFF_UNCHANGED_DAYS`); null: it is there",
                TIME,
            ),
        },
    ),
    "erased": Table(
        "An article that was erased for good with `scrapy erase`. It is hidden; of its versions "
        "there are the hashes that bind them together, `words_hash` and `text_key`, by which its "
        "texts are known and not recorded again, and nothing else.",
        {
            "article_id": Column("the article"),
            "at": Column("it was asked for", TIME),
            "reason": Column("why, as the operator said"),
            "finished_at": Column(
                "nothing of it was in any file from then on; null: it was interrupted, and "
                "`scrapy erase` goes on with it",
                TIME,
            ),
        },
    ),
    "rereadings": Table(
        "A version as it was before `scrapy reparse` read its page anew: the hashes that it had, "
        "which whoever was given one of them can look for.",
        {
            "id": Column("a later one has a greater one"),
            "article_id": Column("the article"),
            "number": Column("that the version had", "from 1"),
            "at": Column("it was read anew", TIME),
            "became": Column("number that it has since; null: it went"),
            "parser": Column("parser that had read it"),
            "text_hash": Column("as in `versions`, before", "64 hex digits"),
            "previous_hash": Column("as in `versions`, before", "64 hex digits"),
            "version_hash": Column("as in `versions`, before", "64 hex digits"),
        },
    ),
    "roots": Table(
        "A Merkle root (RFC 6962) over the hashes of all versions that were new. Its files, with "
        "the list of these versions, are in `archive/roots/`.",
        {
            "id": Column("from 1, without gaps; its files are called by it"),
            "made_at": Column("it was made", TIME),
            "size": Column("versions under it", COUNT),
            "root": Column("the root", "64 hex digits"),
            "statement": Column(
                "SHA-256 of the file that says all this, and which the root before it was: what "
                "is stamped",
                "64 hex digits",
            ),
        },
    ),
    "stamps": Table(
        "What an outside clock said of a root.",
        {
            "root_id": Column("the root"),
            "kind": Column("`rfc3161` or `opentimestamps`"),
            "authority": Column("who was asked", "host"),
            "at": Column("it was seen, as the authority says; null: it names no time", TIME),
            "said": Column("which blocks of Bitcoin's chain vouch for it, or who promised that"),
            "promised": Column("it is only a promise yet", FLAG),
            "sha256": Column("SHA-256 of its file", "64 hex digits"),
        },
    ),
    "retired_hashes": Table(
        "The hash of a version that went from the record for a good reason: a root may know it.",
        {
            "version_hash": Column("of the version", "64 hex digits"),
            "root": Column("that knows it; null: none, or one just made", "`roots.id`"),
            "at": Column("it went", TIME),
            "why": Column("the reason, for people"),
        },
    ),
    "passages": Table(
        "A block of an article's text: once, however many versions have it. It need not stand in "
        "all versions between its first and its last: those in which it does are in "
        "`passage_versions`. What the newspaper took out is in `taken_out`.",
        {
            "id": Column(""),
            "article_id": Column("the article"),
            "kind": Column("what the block is", "[kind of block]"),
            "text": Column("normalised: NFC, single spaces, nothing invisible"),
            "first_version": Column("number of the first version that has it"),
            "last_version": Column("number of the latest version that has it"),
            "read_anew": Column(
                "1: it came with `scrapy reparse`, and so its id does not say when", FLAG
            ),
        },
    ),
    "passages_fts": Table(
        "Search index (FTS5) over `passages`, by `rowid`; it holds words and no texts. Of "
        "`headline` and `text` one is filled. Words are in small letters, without accents and "
        "vowel points, ß as ss. Scripts without spaces are indexed character by character.",
        {
            "headline": Column("words of a headline"),
            "text": Column("words of any other block"),
            "source": Column("name of the source"),
            "written": Column(
                "words as they are written, which SQLite folds otherwise: with ß, Greek, Cyrillic"
            ),
        },
    ),
    "removals": Table(
        "A passage that went: not by a cosmetic change, nor by another parser's reading. One that "
        "went twice is here twice. In the order of time. Without those that were edited it is "
        "`taken_out`.",
        {
            "id": Column("a later removal has a greater one"),
            "passage_id": Column("the passage"),
            "number": Column("number of the version that no longer has it"),
            "at": Column("that version was fetched, or joined to this article by a merge", TIME),
            "back_in": Column("number of the version with which it came back; null: it did not"),
            "replaced_by": Column(
                "the passage that stands in its place, `passages.id`: it was edited, split or "
                "merged, or is a headline, and there is another; null: it was taken out"
            ),
            "read_anew": Column(
                "1: it came with `scrapy reparse`, and so its id does not say when", FLAG
            ),
        },
    ),
    "removals_fts": Table(
        "Search index (FTS5) over what `removals` took out, by `rowid`; like `passages_fts`.",
        {
            "headline": Column("words of a headline"),
            "text": Column("words of any other block"),
            "source": Column("name of the source"),
            "written": Column(
                "words as they are written, which SQLite folds otherwise: with ß, Greek, Cyrillic"
            ),
        },
    ),
    "source_blocks": Table(
        "A short block of an article, or its headline: what stands in several articles of a source "
        "is the source's.",
        {
            "text_key": Column("of source, text and whether it is a headline", "62 bits"),
            "article_id": Column("the article"),
            "number": Column("of the version that first had it there"),
        },
    ),
    "boilerplate": Table(
        "A text that a source sets beside its stories, as its articles have shown.",
        {
            "source": Column("name of the source"),
            "text_key": Column("as in `source_blocks`"),
            "text": Column("of the block"),
            "articles": Column("that had it when that was last looked at, at most 50", COUNT),
            "first_at": Column("the first of these was fetched", TIME),
            "last_at": Column("last noticed in a change", TIME),
        },
    ),
    "change_labels": Table(
        "A label of a change: what `versions.labels` lists, for queries by label.",
        {
            "label": Column("what sort of thing changed", "[label]"),
            "fetched_at": Column("the version's", TIME),
            "article_id": Column("the article"),
            "number": Column("number of the version that the change led to"),
            "source": Column("the article's"),
        },
    ),
    "events": Table(
        "What happened to an article and made no version.",
        {
            "id": Column("a later event has a greater one"),
            "article_id": Column("the article"),
            "at": Column("we noticed it", TIME),
            "kind": Column("what happened", "[kind of event]"),
            "detail": Column("more of it, for people; may be empty"),
        },
    ),
    "feeds": Table(
        "A feed or sitemap of a source. Two sources that read the same URL have a row each.",
        {
            "id": Column(""),
            "source": Column("name of the source"),
            "url": Column("where it is", URL),
            "parent": Column("`feeds.id` of the sitemap index that lists it; null: none does"),
            **_SCHEDULED,
            "next_check_at": Column(
                "the next check is due; of a claimed feed the end of the claim; "
                "null: the source no longer declares it",
                TIME,
            ),
            "wait": Column("from the last good check to the next one", SECONDS),
            "last_error": Column("why the last check failed or was put off; null: it went well"),
            **_VALIDATORS,
            "listed": Column("links to articles when it was last read; null: never read", COUNT),
            "left_out": Column(
                "entries that led to no article when it was last read, by the reason; "
                "null: never read",
                "JSON: `by_host` (links on another host, by host), `by_rule`, `no_link`, "
                "`malformed`, `named` (the first malformed ones in words), `older` (beyond the "
                "newest)",
            ),
            "hints": Column("entries that moved and whose article was checked since", COUNT),
            "hints_right": Column("of `hints`, those whose article had a real change", COUNT),
            "claimed_by": Column("`runs.id` of the crawl that is asking for it now; null: none"),
        },
    ),
    "feed_entries": Table(
        "An article that a feed lists now.",
        {
            "feed": Column("the feed"),
            "url": Column("the article's, clean", URL),
            "mark": Column(
                "another one as soon as the entry says something else: guid, title, summary, date",
                "16 hex digits; several times that where the feed lists the URL more than once",
            ),
            "title": Column("the headline that the feed states; may be empty"),
            "guid": Column(
                "the feed's own name for the story, which may stay when its address changes; "
                "may be empty"
            ),
        },
    ),
    "outside_links": Table(
        "A link in a feed to another host than the source's, and where it led when it was asked; "
        "it is asked once.",
        {
            "source": Column("name of the source"),
            "url": Column("the link, clean", URL),
            "host": Column("the link's"),
            "leads_to": Column("the article's, clean; null: to no page of the source", URL),
            "asked_at": Column("", TIME),
        },
    ),
    "host_days": Table(
        "how often a host was asked on a day, where NEWSDIFF_HOST_REQUESTS_PER_DAY bounds that",
        {
            "host": Column("the host"),
            "day": Column("in UTC, as 2026-11-22"),
            "requests": Column("of all crawls, those that were put off included", COUNT),
        },
    ),
    "hosts": Table(
        "A host of a source that asked to be left alone, refused or was silent. A good answer "
        "removes the row.",
        {
            "host": Column("as in URLs"),
            "source": Column("name of the source"),
            "left_alone_until": Column("nothing is asked of it before; may be over", TIME),
            "reason": Column("why, for people"),
            "back_offs": Column(
                "how many in a row. Each is twice as long as the one before, up to a day after "
                "refusals and an hour after silence; `Retry-After` may make it longer",
                COUNT,
            ),
        },
    ),
    "false_validators": Table(
        'A source whose server said "not modified" of a text that was. It is asked for whole '
        "pages only.",
        {
            "source": Column("name of the source"),
            "noticed_at": Column("", TIME),
            "url": Column("the page that showed it", URL),
        },
    ),
    "runs": Table(
        "A crawl of one source.",
        {
            "id": Column(""),
            "source": Column("name of the source"),
            "started_at": Column("", TIME),
            "finished_at": Column("null: it runs, or was killed and nobody noticed yet", TIME),
            "lock": Column("file in `locks/` that it holds while it lives; null: it ended"),
            "reason": Column(
                "why it ended: `finished`, `shutdown` (interrupted), another word of Scrapy's, "
                "or `killed`, which a later run found out"
            ),
            "found": Column("articles seen for the first time", COUNT),
            "listed": Column(
                "links to articles in the feeds that were read, known ones too", COUNT
            ),
            "checks": Column("articles checked: the sum of the six outcomes", COUNT),
            "new": Column("checks that brought a first version", COUNT),
            "changed": Column("checks that brought a later version, minor ones too", COUNT),
            "unchanged": Column("checks that brought nothing new", COUNT),
            "gone": Column("checks answered by 404 or 410", COUNT),
            "blocked": Column("checks that were refused", COUNT),
            "failed": Column("checks that brought no text, for any other reason", COUNT),
            "put_off": Column("due articles not asked for, since their host is left alone", COUNT),
            "changes": Column("of `changed`, those that counted when they were stored", COUNT),
            "placeholders": Column("checks that brought one page in the place of several", COUNT),
            "read_generically": Column(
                "pages that none of the source's parsers fits, read by the generic one", COUNT
            ),
            "feeds_read": Column("feeds and sitemaps that answered, 304 too", COUNT),
            "feeds_unchanged": Column("of `feeds_read`, those that answered 304", COUNT),
            "feeds_failed": Column(
                "feeds and sitemaps that could not be read or were put off", COUNT
            ),
            "unwell": Column("what is wrong with the source, for people; null: nothing"),
            "node": Column("the machine it ran on; null: before there was more than one"),
            "seen_at": Column("when it last claimed something, or ended", TIME),
        },
    ),
    "selectors": Table(
        "What a selector of a source's newest parser matched, of those that should match on most "
        "pages. One that matches nothing makes its source unwell.",
        {
            "source": Column("name of the source"),
            "parser": Column("name of the parser"),
            "hook": Column("what it selects, as `standfirst`"),
            "selector": Column("as it is written; one that was mended begins anew"),
            "matched": Column("pages on which it matched", COUNT),
            "missed": Column("pages in a row, run by run, on which it matched nothing", COUNT),
        },
    ),
    "sources": Table(
        "Who a source is, as it was last declared, and whether the operator still chooses it. One "
        "without a row was crawled before there was this table, and counts as followed.",
        {
            "source": Column("name of the source"),
            "title": Column("as readers know it; null until it is crawled"),
            "country": Column("where it is made, ISO 3166; empty where nobody said"),
            "language": Column("what it is written in, ISO 639; empty where nobody said"),
            "feeds": Column("the addresses of its feeds, without sitemaps, as a JSON list"),
            "home": Column("the address of its front page; empty until it is crawled"),
            "followed": Column(
                "`sources.toml` names it; nothing of one that it does not name is overdue", FLAG
            ),
            "muted_at": Column(
                "since when lists and notices leave it out, for too many of its changes were the "
                "page's doing; null: they do not",
                TIME,
            ),
        },
    ),
    "renamed_sources": Table(
        "A source that is no longer there and whose articles all went to another one. It is in no "
        "list; its runs and feeds stay. The row goes when it is crawled again.",
        {
            "source": Column("the name that it had"),
            "successor": Column("name of the source that has its articles now"),
            "at": Column("the last of them went", TIME),
        },
    ),
    "clock_faults": Table(
        "The last time that a source's crawl found the machine's clock to have been wrong. The "
        "source is unwell for 14 days, the longest wait, for checks may have been missed.",
        {
            "source": Column("name of the source"),
            "noticed_at": Column("the start of the crawl that found it", TIME),
            "said": Column("what the wrong clock had said", TIME),
            "verdict": Column(
                "`was ahead`, `was behind`, `unclear` (it, or that of the crawl that found it), or "
                "`right`: only due times told of it"
            ),
        },
    ),
    "baseline_rates": Table(
        "How often fresh articles of a section change; learned anew once a day.",
        {
            "source": Column("name of the source; empty: all sources"),
            "section": Column("host and first folder, as `www.bbc.com/news`; empty: all"),
            "rate": Column("of an article as fresh as can be", "changes per hour"),
        },
    ),
    "tunings": Table(
        "What a check has to be worth, set once a day (docs/schedule.md).",
        {
            "day": Column("UTC", "YYYY-MM-DD"),
            "price": Column("expected harm at which a check is made", "edits x hours"),
        },
    ),
    "stories": Table(
        "View: the articles that were read. Hidden ones are left out.",
        {
            "id": Column("the article's"),
            "source": Column("name of the source"),
            "url": Column("canonical", URL),
            "title": Column("newest headline"),
            "first_seen_at": Column("first seen in a feed, or asked for", TIME),
            "published_at": Column("as its page states it; null: it does not", TIME),
            "last_checked_at": Column("", TIME),
            "last_changed_at": Column("newest version fetched", TIME),
            "next_check_at": Column("null: not checked again; `state` says why", TIME),
            "state": Column("its present condition", "[article state]"),
            "version_count": Column("", COUNT),
            "change_count": Column("changes that count", COUNT),
        },
    ),
    "version_texts": Table(
        "View: each version with its whole text. Hidden articles are left out.",
        {
            "article_id": Column("the article"),
            "source": Column("name of the source"),
            "url": Column("the article's, canonical", URL),
            "number": Column("the version's"),
            "fetched_at": Column("", TIME),
            "title": Column("headline"),
            "words": Column("words of the whole text", COUNT),
            "text": Column("all blocks from the headline on, an empty line between them"),
        },
    ),
    "passage_texts": Table(
        "View: the passages of articles that are not hidden; `passages_fts` finds their words, by "
        "`id`.",
        {
            "id": Column("`passages.id`"),
            "source": Column("name of the source"),
            "article_id": Column("the article"),
            "url": Column("the article's, canonical", URL),
            "title": Column("the article's newest headline"),
            "kind": Column("what the block is", "[kind of block]"),
            "text": Column("its text"),
            "first_version": Column("number of the first version that has it"),
            "last_version": Column("number of the latest version that has it"),
        },
    ),
    "passage_versions": Table(
        "View: which version has which passage. Ask by `article_id` or, of a passage, by that too: "
        "versions are found by their article. Hidden articles are left out.",
        {
            "passage_id": Column("the passage"),
            "article_id": Column("its article"),
            "number": Column("number of a version that has it"),
            "place": Column("where it stands there, from 0"),
        },
    ),
    "taken_out": Table(
        "View: what the newspaper took out, with when it went and when it came back. Nothing "
        "stands in its place: what was edited, and headlines that were rewritten, are not here. "
        "Hidden articles are left out.",
        {
            "id": Column("`removals.id`"),
            "source": Column("name of the source"),
            "article_id": Column("the article"),
            "url": Column("the article's, canonical", URL),
            "title": Column("the article's newest headline"),
            "kind": Column("what the block was", "[kind of block]"),
            "text": Column("its text"),
            "version": Column("number of the version that no longer has it"),
            "at": Column("that version was fetched, or joined to this article by a merge", TIME),
            "back_version": Column(
                "number of the version with which it came back; null: it did not"
            ),
            "back_at": Column("that version was fetched; null: it did not come back", TIME),
        },
    ),
    "changes": Table(
        "View: each version but the first beside the one that it is compared with, mostly the one "
        "before. Hidden articles are left out.",
        {
            "article_id": Column("the article"),
            "source": Column("name of the source"),
            "url": Column("the article's, canonical", URL),
            "from_version": Column("number of the version before"),
            "to_version": Column("number of the version"),
            "from_title": Column("headline before"),
            "to_title": Column("headline after"),
            "from_fetched_at": Column("the version before was fetched", TIME),
            "to_fetched_at": Column("the version was fetched", TIME),
            "labels": Column("what kind of change it is", "JSON list of [label]"),
            "summary": Column("what changed, in one line of English"),
            **_COUNTS,
            "cosmetic": Column("as in `versions`", FLAG),
            "reverts_to": Column("as in `versions`"),
            "parser_changed": Column("as in `versions`", FLAG),
            "page_changed": Column("as in `versions`"),
            "held": Column("as in `versions`", FLAG),
            "minor": Column(
                "why the change is not counted; null: it counts", "[reason to hide a change]"
            ),
            "from_text": Column("the whole text before"),
            "to_text": Column("the whole text after"),
        },
    ),
    "_sqlite_migrations": Table(
        "sqlite-utils' own: the steps of the schema that this file has. "
        "[migrations.py](../newsdiff_crawler/store/schema/migrations.py) says what each did.",
        {
            "id": Column(""),
            "migration_set": Column("always `newsdiff_crawler`"),
            "name": Column("the step, as `m002_versions`"),
            "applied_at": Column("", "time with fraction and zone"),
        },
    ),
}

WORDS = (
    Words(
        "Article state",
        "`articles.state`",
        get_args(State),
        {
            "live": "it is checked; so is one that was found and not read yet",
            "gone": "404, 410 or another page in its place for 31 hours at least; not checked "
            "again unless a feed lists it anew or with another mark",
            "blocked": "its source refuses it, perhaps from the first check on; still checked",
            "retired": "no change that counts for 90 days, or found 90 days ago and so unlikely to "
            "change that its wait would be the longest, 14 days; not checked again unless a feed "
            "lists it anew or with another mark",
            "hidden": "taken down here with `scrapy hide` or `scrapy erase`: on no page, in no "
            "list, not checked",
        },
    ),
    Words(
        "Kind of event",
        "`events.kind`",
        get_args(EventKind),
        {
            "gone": "its page was absent (404, 410 or another page in its place) for 31 hours at "
            "least; `detail` says since when",
            "back": "its page is there again after `gone` or `blocked`",
            "moved": "a redirect led to another address of the same story; `detail` has both",
            "blocked": "its source refuses it; `detail` says how",
            "reverted again": "a text that two versions had came back, or the newest text under a "
            "headline or standfirst that the article went back to before; it is not stored again, "
            "`detail` says to what",
            "captured": "the Internet Archive captured a text between two versions of ours that "
            "neither of them has: an edit that we missed; `detail` has the address of the capture, "
            "and what is other than in the version before",
            "source changed": "it went over to the source that lists it now, since its own is no "
            "longer there; `detail` has both",
            "hidden": "taken down here, or erased; `detail` has the reason",
            "shown": "shown here again",
        },
    ),
    Words(
        "Outcome of a check",
        "the columns of `runs`, `snapshots.outcome`, and the log of a crawl",
        get_args(Outcome),
        {
            "new": "the first version",
            "changed": "a later version, cosmetic ones and those of a new parser too",
            "unchanged": "304, equal bytes, an equal text, or one that came back once too often",
            "gone": "404 or 410",
            "blocked": "401, 403, 429, 451, 503, a bot check, or forbidden by robots.txt",
            "failed": "no answer, another status, no text, a wall or stub, another page in the "
            "story's place, a text that shrank and is not believed yet",
        },
    ),
    Words(
        "Reason to hide a change",
        "`versions.minor`",
        get_args(Minor),
        {
            "cosmetic": "only white space, quotes, dashes, punctuation, case, the ends of "
            "paragraphs or a time stamp differ",
            "reverted": "the text of an earlier version came back",
            "page": "the page's doing: a box beside the story, a redesign, or a placeholder that "
            "stood in its place for a while",
            "held": "held back until it is clear whether the site or its stories changed",
            "parser": "another parser of ours read the page; the newsroom may have done nothing",
        },
    ),
    Words(
        "Label",
        "`versions.labels`, `change_labels.label`",
        get_args(LabelName),
        {
            "headline": "the headline changed",
            "standfirst": "the standfirst changed",
            "byline": "the byline changed",
            "figures": "one figure gave way to another in a passage that otherwise stayed",
            "names": "a name came that was nowhere in the text, or went from all of it",
            "quotes": "a quotation came, went or has other words",
            "attribution": "who says so, or how it is put, changed in a sentence that stayed",
            "meaning": "a negation or a word of doubt came or went, or a charge, a party, a title "
            "or a word gave way to another or its opposite, in a passage that stayed",
            "correction": "added text declares a correction; in old records, any notice",
            "clarification": "added text declares a clarification",
            "update": "added text declares an update",
            "note": "added text is an editor's note that is none of these",
            "withdrawn": "text that declared one of these was removed, and nothing like it stands",
            "corrected": "a passage that would be `altered`, if no notice spoke of it",
            "altered": "a settled figure, a name, a quotation's words, a charge or a negation are "
            "others in a sentence that otherwise stayed, and no notice says so",
            "developed": "a figure moved on with its story: a toll, a price, a score, a time",
            "precise": "a figure or a name says exactly what was left open",
            "spelling": "a word or a name is spelt otherwise",
            "grew": "a paragraph or a sentence was added, and nothing went for it",
            "rewritten": "more than half of the text of a headline or a paragraph is another",
        },
    ),
    Words(
        "Message state",
        "`messages.state`",
        get_args(MessageState),
        {
            "waiting": "it is to go out; where it was tried, its channel did not work",
            "refused": "its channel works, and did not take it; it is tried again",
            "sent": "it went out",
            "given up": "it was tried for three days",
            "withdrawn": "all that it would have told was withdrawn before it went out",
        },
    ),
    Words(
        "Copy state",
        "`copies.state`",
        get_args(CopyState),
        {
            "waiting": "it is to be asked for",
            "asked": "the archive is at it",
            "kept": "it is there",
            "refused": "the archive will not copy that page",
            "too late": "a newer version came, or a day passed: the page is another one",
            "withdrawn": "before it was asked for, the article was taken down; or the version is "
            "none, as it was read anew",
        },
    ),
    Words(
        "Kind of block",
        "`passages.kind`",
        get_args(BlockKind),
        {
            "headline": "the title of the story; one in each version",
            "standfirst": "the lead between headline and text",
            "byline": "the authors",
            "paragraph": "running text",
            "subheading": "a heading inside the text",
            "list_item": "one item of a list",
            "quote": "a quotation set apart",
            "caption": "the words under a picture",
        },
    ),
)
