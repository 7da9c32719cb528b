"""The schema, step by step. The names are public: people query the file.

A step that has shipped is never edited; a change is a new step.
"""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache

from sqlite_utils import Database, Migrations

from newsdiff_crawler.store.engine.database import Entry
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.removals_anew import find_removals_anew
from newsdiff_crawler.text import MARKS, UNSPACED, count_words, text_key

migrations = Migrations("newsdiff_crawler")


@cache
def known_steps() -> frozenset[str]:
    """The names of all steps: what an empty database lacks."""
    with closing(Database(memory=True)) as empty:
        return frozenset(step.name for step in migrations.pending(empty))


def index_passage(db: Database, passage: int, source: str, kind: str, text: str) -> None:
    """As m006 has it."""
    SQLiteDatabase(db.conn).search_index.add([Entry(passage, source, kind, text)])


def index_removals(db: Database, article_id: int, number: int, source: str, at: str) -> None:  # noqa: ARG001
    """As m014 has it. m032 makes their index anew."""
    db.execute(
        """insert into removals (passage_id, number, at)
           select id, :number, :at from passages
            where article_id = :article and last_version = :number - 1""",
        {"article": article_id, "number": number, "at": at},
    )


@migrations()
def m001_articles(db: Database) -> None:
    """Articles, every URL that led to one, and what happened to them besides their text."""
    db.table("articles").create(
        {
            "id": int,
            "source": str,
            "url": str,  # canonical
            "title": str,
            "first_seen_at": str,
            "published_at": str,
            "last_checked_at": str,
            "last_changed_at": str,
            "next_check_at": str,  # null: will not be looked at again; state says why
            "wait": int,  # seconds between the last look and the next
            "state": str,  # live, gone, blocked, retired or hidden
            "version_count": int,
            "change_count": int,  # cosmetic changes and the parser's own left out
            "parser": str,
            "seen_hash": str,  # content_hash of what the last good look saw
            "etag": str,
            "last_modified": str,
            "failures": int,  # failed looks in a row
            "absent_since": str,  # the first 404 or 410 in a row
            "claimed_by": int,  # the run that is looking at it now
        },
        pk="id",
        not_null={"source", "url", "first_seen_at"},
        defaults={"state": "live", "version_count": 0, "change_count": 0, "failures": 0, "wait": 0},
    )
    db.table("articles").create_index(["url"], unique=True)
    db.table("articles").create_index(["source", "next_check_at"])
    db.table("articles").create_index(["claimed_by"])
    db.table("article_urls").create(
        {"url": str, "article_id": int},
        pk="url",
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("article_urls").create_index(["article_id"])
    db.table("events").create(
        {"id": int, "article_id": int, "at": str, "kind": str, "detail": str},
        pk="id",
        not_null={"article_id", "at", "kind"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("events").create_index(["article_id", "at"])


@migrations()
def m002_versions(db: Database) -> None:
    """Versions as lists of passages, each text stored once per article."""
    db.table("versions").create(
        {
            "article_id": int,
            "number": int,  # from 1
            "fetched_at": str,
            "title": str,
            "authors": str,  # JSON list
            "published_at": str,
            "modified_at": str,
            "content_hash": str,
            "words_hash": str,
            "layout": str,  # JSON list of passage ids, in reading order
            "parser": str,
            "cosmetic": int,  # 1: only white space, quotes, punctuation or case differ
            "reverts_to": int,  # the earlier version whose text came back
            "words": int,
            "words_added": int,
            "words_removed": int,
            "blocks_added": int,
            "blocks_removed": int,
            "blocks_edited": int,
            "blocks_moved": int,
            "title_changed": int,
        },
        pk=("article_id", "number"),
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("versions").create_index(["fetched_at", "article_id", "number"])
    db.table("passages").create(
        {
            "id": int,
            "article_id": int,
            "kind": str,
            "text": str,
            "first_version": int,
            "last_version": int,  # less than the article's latest version: removed
        },
        pk="id",
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("passages").create_index(["article_id"])


@migrations()
def m003_feeds_and_runs(db: Database) -> None:
    """Where articles are found, and what each crawl came to."""
    db.table("feeds").create(
        {
            "url": str,
            "source": str,
            "etag": str,
            "last_modified": str,
            "last_checked_at": str,
            "failures": int,
            "last_error": str,
        },
        pk="url",
        not_null={"source"},
        defaults={"failures": 0},
    )
    db.table("runs").create(
        {
            "id": int,
            "source": str,
            "started_at": str,
            "finished_at": str,  # null: still running, or killed and not yet noticed
            "lock": str,  # file in locks/, held as long as the crawl lives
            "reason": str,
            "found": int,  # articles seen for the first time
            "looked_at": int,
            "new": int,
            "changed": int,
            "unchanged": int,
            "gone": int,
            "blocked": int,
            "failed": int,
            "feeds_read": int,
            "feeds_failed": int,
        },
        pk="id",
        not_null={"source", "started_at"},
    )
    db.table("runs").create_index(["source", "started_at"])


@migrations()
def m004_views(db: Database) -> None:
    """For people with sqlite-utils, Datasette or a notebook."""
    db.create_view(
        "version_texts",
        """
        select v.article_id, v.number, v.title,
               (select group_concat(text, char(10) || char(10))
                  from (select p.text from json_each(v.layout) l
                          join passages p on p.id = l.value order by l.key)) as text
          from versions v join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,
    )
    db.create_view(
        "changes",
        """
        select v.article_id, a.source, a.url, v.number - 1 as from_version, v.number as to_version,
               u.title as from_title, v.title as to_title,
               u.fetched_at as from_fetched_at, v.fetched_at as to_fetched_at,
               v.title_changed, v.words_added, v.words_removed,
               v.blocks_added, v.blocks_removed, v.blocks_edited, v.blocks_moved,
               v.cosmetic, v.reverts_to
          from versions v
          join versions u on u.article_id = v.article_id and u.number = v.number - 1
          join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,
    )


@migrations()
def m005_reading(db: Database) -> None:
    """What lists of changes are filtered by, beside each version."""
    versions = db.table("versions")
    versions.add_column("source", str)  # the article's
    versions.add_column("labels", str)  # JSON list: headline, figures, quotes, ...
    versions.add_column("summary", str)  # what changed, one line of English
    versions.add_column("parser_changed", int)  # 1: not read by the parser of the version before
    db.execute("update versions set source = (select source from articles where id = article_id)")
    db.execute(
        """
        update versions set parser_changed = versions.parser is not u.parser
          from versions u
         where u.article_id = versions.article_id and u.number = versions.number - 1
        """
    )
    # Why a change is hidden at first; null for a change of substance.
    db.execute(
        """
        alter table versions add column minor text generated always as (
            case when parser_changed then 'parser'
                 when reverts_to is not null then 'reverted'
                 when cosmetic then 'cosmetic' end) virtual
        """
    )
    db.execute(
        "create index minor_changes on versions (fetched_at, source) where minor is not null"
    )
    versions.create_index(["source", "fetched_at", "article_id", "number"])
    db.execute(
        """
        create table change_labels (
            label text not null, fetched_at text not null,
            article_id integer not null, number integer not null, source text not null,
            primary key (label, fetched_at, article_id, number)
        ) without rowid
        """
    )
    db.table("change_labels").create_index(
        ["label", "source", "fetched_at", "article_id", "number"], index_name="label_by_source"
    )
    db.table("articles").create_index(["source", "state", "version_count", "change_count"])
    db.table("articles").create_index(["source"])


@migrations()
def m006_search(db: Database) -> None:
    """The index of all passages: their words only, for the texts are in passages already. The
    store fills it, so that scripts without spaces can be indexed sign by sign."""
    db.execute(
        """
        create virtual table passages_fts using fts5 (
            headline, text, source, content = '', tokenize = 'unicode61 remove_diacritics 2'
        )
        """
    )
    passages = db.query(
        "select p.id, a.source, p.kind, p.text from passages p join articles a on a.id = article_id"
    )
    for row in passages:
        index_passage(db, row["id"], row["source"], row["kind"], row["text"])


@migrations()
def m007_doubts(db: Database) -> None:
    """Whether the last look saw a text that had lost more than half of its words."""
    db.table("articles").add_column("doubted", int, not_null_default=0)


@migrations()
def m008_spared_looks(db: Database) -> None:
    """What spares a look its work, and a publisher our visits."""
    articles = db.table("articles")
    articles.add_column("body_hash", str)  # of the answer that was last read
    articles.add_column("not_modified", int, not_null_default=0)  # 304s in a row
    db.table("feeds").add_column("not_modified", int, not_null_default=0)
    db.table("runs").add_column("put_off", int)  # due articles that a resting host was spared
    db.table("hosts").create(
        {
            "host": str,
            "source": str,
            "resting_until": str,
            "reason": str,
            "rests": int,  # in a row, without a good answer in between
        },
        pk=("host", "source"),
        not_null={"resting_until", "reason", "rests"},
    )
    # Sources whose servers said "not modified" of a text that was.
    db.table("false_validators").create({"source": str, "noticed_at": str, "url": str}, pk="source")


@migrations()
def m009_health(db: Database) -> None:
    """What a run says of its source's health."""
    runs = db.table("runs")
    runs.add_column("listed", int)  # links to articles in the feeds, known ones too
    runs.add_column("feeds_unchanged", int)  # of those read; they list nothing
    runs.add_column("unwell", str)  # why; null: well


@migrations()
def m010_schedule(db: Database) -> None:
    """What the schedule goes by: the last real change, and what a night's learning came to."""
    db.table("articles").add_column("last_real_change_at", str)  # not cosmetic nor the parser's
    db.execute(
        """
        update articles set last_real_change_at = (
            select max(fetched_at) from versions
             where article_id = articles.id and number > 1
               and not cosmetic and not parser_changed)
        """
    )
    db.table("usual_rates").create(
        {
            "source": str,  # empty: all sources
            "section": str,  # host and first folder; empty: the whole source
            "rate": float,  # changes per hour of a fresh article
        },
        pk=("source", "section"),
    )
    db.table("tunings").create({"day": str, "price": float}, pk="day", not_null={"price"})


@migrations()
def m011_sizes(db: Database) -> None:
    """The largest changes of a time, found without looking at all of them."""
    db.execute(
        """
        alter table versions add column size integer
            generated always as (words_added + words_removed) virtual
        """
    )
    db.execute(
        """
        create index changes_by_size on versions (fetched_at, size, article_id, number, source)
         where minor is null and number > 1
        """
    )


@migrations()
def m012_hints(db: Database) -> None:
    """When each feed is due, what it lists, and how often it was right that something moved.

    A feed belongs to one source; two sources may read the same URL. Validators are forgotten:
    each feed is read in full once, to learn what it lists: `feed_entries`, as it is now.
    """
    known = list(db.query("select url, source, last_checked_at, failures, last_error from feeds"))
    db.table("feeds").drop()
    db.table("feeds").create(
        {
            "id": int,
            "source": str,
            "url": str,
            "parent": int,  # the sitemap index that lists it; null: the source declares it
            "etag": str,
            "last_modified": str,
            "last_checked_at": str,
            "next_check_at": str,  # null: no longer declared, and so not asked for
            "wait": int,  # seconds between the last good look and the next
            "failures": int,
            "last_error": str,
            "not_modified": int,  # 304s in a row
            "listed": int,  # links to articles when it was last read; null: it never was
            "hints": int,  # entries that moved, and were looked at since
            "hints_right": int,  # of them, articles that really had changed
        },
        pk="id",
        not_null={"source", "url", "wait", "failures", "not_modified", "hints", "hints_right"},
        defaults={"wait": 300, "failures": 0, "not_modified": 0, "hints": 0, "hints_right": 0},
    )
    db.table("feeds").create_index(["source", "url"], unique=True)
    db.table("feeds").create_index(["parent"])
    db.table("feeds").insert_all(known)
    db.execute(
        """
        create table feed_entries (
            feed integer not null references feeds(id) on delete cascade,
            url text not null, mark text not null,
            primary key (feed, url)
        ) without rowid
        """
    )
    articles = db.table("articles")
    articles.add_column("hinted_by", int)  # the feed whose hint no good look has answered yet
    articles.add_column("overheard", int, not_null_default=0)  # 1: hinted while claimed


@migrations()
def m014_removals(db: Database) -> None:
    """What was taken out, in the order of time, with an index of its words: among all passages,
    those that went are rare, and old."""
    db.table("removals").create(
        {
            "id": int,
            "passage_id": int,
            "number": int,  # of the version that no longer has it
            "at": str,
        },
        pk="id",
        not_null={"passage_id", "number", "at"},
        foreign_keys=[("passage_id", "passages", "id")],
    )
    db.table("removals").create_index(["at"])
    db.execute(
        """
        create virtual table removals_fts using fts5 (
            headline, text, source, content = '', tokenize = 'unicode61 remove_diacritics 2'
        )
        """
    )
    versions = db.query(
        """select v.article_id, v.number, a.source, v.fetched_at as at
             from versions v join articles a on a.id = v.article_id
            where v.number > 1 and not v.cosmetic and not v.parser_changed
            order by v.fetched_at"""
    )
    for version in versions:
        index_removals(db, **version)


@migrations()
def m015_reasons(db: Database) -> None:
    """Why the last look at an article brought no text; null: it brought one."""
    db.table("articles").add_column("last_error", str)


@migrations()
def m016_former_articles(db: Database) -> None:
    """Articles that became part of another one: their addresses live on."""
    db.table("former_articles").create(
        {
            "id": int,  # never given to another article
            "article_id": int,  # what it is now
            "shift": int,  # added to the number of a version
        },
        pk="id",
        not_null={"article_id", "shift"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("former_articles").create_index(["article_id"])
    # Without it, SQLite reads all removals for each passage that goes.
    db.table("removals").create_index(["passage_id"])


@migrations()
def m017_feed_claims(db: Database) -> None:
    """Which crawl is asking for a feed now."""
    db.table("feeds").add_column("claimed_by", int)  # the run; next_check_at is its lease's end


@migrations()
def m018_takedowns(db: Database) -> None:
    """The last takedown, or the end of one, is found at once."""
    db.execute("create index takedowns on events (id) where kind in ('hidden', 'shown')")


@migrations()
def m019_names(db: Database) -> None:
    """The field's own words, in place of ours."""
    renamed = {
        "runs": [("looked_at", "checks")],
        "articles": [("overheard", "hinted_while_claimed"), ("doubted", "unconfirmed")],
        "hosts": [("resting_until", "left_alone_until"), ("rests", "back_offs")],
    }
    for table, columns in renamed.items():
        for old, new in columns:
            db.execute(f"alter table {table} rename column {old} to {new}")
    db.execute("alter table former_articles rename to merged_articles")
    db.execute("alter table usual_rates rename to baseline_rates")


@migrations()
def m020_counted_changes(db: Database) -> None:
    """A change counts unless it is minor: one that brings an earlier text back counts no more.
    Hidden articles are few, and what is counted leaves them out by an index alone."""
    db.execute(
        """
        update articles set (change_count, last_real_change_at) = (
            select count(*), max(fetched_at) from versions
             where article_id = articles.id and number > 1 and minor is null)
         where version_count > 1
        """
    )
    db.execute("create index hidden_articles on articles (state) where state = 'hidden'")
    db.execute("drop index minor_changes")
    db.execute(
        """
        create index minor_changes on versions (fetched_at, source, article_id, number)
         where minor is not null
        """
    )


@migrations()
def m021_words(db: Database) -> None:
    """Where a script puts no space between words each character counts, and a mark on a letter
    ends no word. Other texts keep their number: it differs by a figure here and there."""
    otherwise = re.compile(f"[{UNSPACED}{MARKS}]")
    db.register_function(lambda text: bool(otherwise.search(text)), name="counts_otherwise")
    db.register_function(count_words)
    db.execute(
        """
        update versions set words = (
            select sum(count_words(p.text))
              from json_each(versions.layout) l join passages p on p.id = l.value)
         where article_id in (select article_id from passages where counts_otherwise(text))
        """
    )


@migrations()
def m022_minor_in_changes(db: Database) -> None:
    """The view of changes tells which ones count."""
    db.execute("drop view changes")
    db.create_view(
        "changes",
        """
        select v.article_id, a.source, a.url, v.number - 1 as from_version, v.number as to_version,
               u.title as from_title, v.title as to_title,
               u.fetched_at as from_fetched_at, v.fetched_at as to_fetched_at,
               v.title_changed, v.words_added, v.words_removed,
               v.blocks_added, v.blocks_removed, v.blocks_edited, v.blocks_moved,
               v.cosmetic, v.reverts_to, v.parser_changed, v.minor
          from versions v
          join versions u on u.article_id = v.article_id and u.number = v.number - 1
          join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,
    )


@migrations()
def m023_listings(db: Database) -> None:
    """What a feed says of each article, what of it was left out, and where links on other hosts
    lead. Each feed is read in full once, to learn it: what is listed then is no hint."""
    db.execute("delete from feed_entries")
    db.execute("update feeds set etag = null, last_modified = null, not_modified = 0")
    entries = db.table("feed_entries")
    entries.add_column("title", str, not_null_default="")
    entries.add_column("guid", str, not_null_default="")
    db.execute("create index entries_by_guid on feed_entries (guid) where guid <> ''")
    db.table("feeds").add_column("left_out", str)  # JSON; null: never read
    db.table("outside_links").create(
        {
            "source": str,
            "url": str,
            "host": str,
            "leads_to": str,  # null: to no page of the source
            "asked_at": str,
        },
        pk=("source", "url"),
        not_null={"host", "asked_at"},
    )
    db.table("outside_links").create_index(["source", "host"])


@migrations()
def m024_addresses(db: Database) -> None:
    """An address is an article's when it has answered with that article's text. What a page or a
    feed merely states is kept as stated, and a text that is not the story's as that."""
    db.table("article_urls").add_column("answered_at", str)
    db.execute(
        """
        update article_urls set answered_at = (
            select last_changed_at from articles
             where id = article_urls.article_id and url = article_urls.url and version_count > 0)
        """
    )
    db.table("articles").add_column("trial_url", str)
    db.table("stated_urls").create(
        {
            "article_id": int,
            "url": str,
            "how": str,  # canonical, guid, former
            "stated_at": str,
            "refused_at": str,  # null: not tried, or believed
            "reason": str,
        },
        pk=("article_id", "url"),
        not_null={"how", "stated_at"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("stated_urls").create_index(["url"])
    db.table("other_texts").create(
        {
            "id": int,
            "article_id": int,
            "url": str,
            "text_key": int,
            "body_key": int,
            "first_at": str,
            "last_at": str,
            "looks": int,
            "title": str,
            "text": str,
            "words": int,
            "reason": str,
        },
        pk="id",
        not_null={"article_id", "url", "text_key", "first_at", "last_at", "looks"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    other_texts = db.table("other_texts")
    other_texts.create_index(["article_id", "text_key", "url"], unique=True)
    other_texts.create_index(["body_key"])
    db.table("feed_entries").create_index(["url"])


@migrations()
def m025_page_changed(db: Database) -> None:
    """A version may be the page's doing; the next one is then compared with the one before it. And
    one text is found wherever it stands; of versions before this step, the newest of articles
    that are still checked."""
    db.execute("drop index minor_changes")
    db.execute("drop index changes_by_size")
    db.execute("drop view changes")
    db.execute("alter table versions drop column minor")
    versions = db.table("versions")
    versions.add_column("page_changed", int, not_null_default=0)  # 2: the text is no story at all
    versions.add_column("held", int, not_null_default=0)
    versions.add_column("compared_with", int)
    versions.add_column("text_key", int)
    db.execute(
        """
        alter table versions add column minor text generated always as (
            case when page_changed > 0 then 'page'
                 when held > 0 then 'held'
                 when parser_changed then 'parser'
                 when reverts_to is not null then 'reverted'
                 when cosmetic then 'cosmetic' end) virtual
        """
    )
    db.execute(
        """
        create index minor_changes on versions (fetched_at, source, article_id, number)
         where minor is not null
        """
    )
    db.execute(
        """
        create index changes_by_size on versions (fetched_at, size, article_id, number, source)
         where minor is null and number > 1
        """
    )
    db.create_view("changes", _CHANGES)
    db.register_function(lambda text: text_key(text.split("\n")), name="key_of")
    db.execute(
        """
        update versions set text_key = (
            select key_of(group_concat(p.text, char(10)))
              from json_each(versions.layout) l join passages p on p.id = l.value
             where p.kind <> 'byline')
         where (article_id, number) in (
            select id, version_count from articles where next_check_at is not null)
        """
    )
    db.execute("create index texts_by_key on versions (text_key) where text_key is not null")


_CHANGES = """
    select v.article_id, a.source, a.url, u.number as from_version, v.number as to_version,
           u.title as from_title, v.title as to_title,
           u.fetched_at as from_fetched_at, v.fetched_at as to_fetched_at,
           v.title_changed, v.words_added, v.words_removed,
           v.blocks_added, v.blocks_removed, v.blocks_edited, v.blocks_moved,
           v.cosmetic, v.reverts_to, v.parser_changed, v.page_changed, v.held, v.minor
      from versions v
      join versions u on u.article_id = v.article_id
       and u.number = coalesce(v.compared_with, v.number - 1)
      join articles a on a.id = v.article_id
     where a.state <> 'hidden'
"""


@migrations()
def m026_time_and_names(db: Database) -> None:
    """Sources whose articles went to another one, and clocks that were found to be wrong."""
    db.table("renamed_sources").create(
        {"source": str, "successor": str, "at": str},
        pk="source",
        not_null={"successor", "at"},
    )
    db.table("clock_faults").create(
        {"source": str, "noticed_at": str, "said": str, "verdict": str},
        pk="source",
        not_null={"noticed_at", "said", "verdict"},
    )


@migrations()
def m027_boilerplate(db: Database) -> None:
    """Short blocks by the articles that have them: one that stands in several is the site's. And
    what a run noticed of its source's pages."""
    db.execute(
        """
        create table source_blocks (
            text_key integer not null, article_id integer not null, number integer not null,
            primary key (text_key, article_id)
        ) without rowid
        """
    )
    db.table("boilerplate").create(
        {
            "source": str,
            "text_key": int,
            "text": str,
            "articles": int,
            "first_at": str,
            "last_at": str,
        },
        pk=("source", "text_key"),
        not_null={"text", "articles", "first_at", "last_at"},
    )
    # Of the text last seen: what our tools read otherwise since then is no change.
    db.table("articles").add_column("reading", int, not_null_default=1)
    for column in ("changes", "placeholders", "read_generically"):
        db.table("runs").add_column(column, int, not_null_default=0)
    db.execute("create index held_versions on versions (source, fetched_at) where held > 0")


@migrations()
def m028_altered(db: Database) -> None:
    """The label "undeclared" accused stories that only went on; `altered` does not."""
    db.execute("delete from change_labels where label = 'undeclared'")
    db.execute(
        """
        update versions
           set labels = (select json_group_array(value) from json_each(labels)
                          where value <> 'undeclared')
         where labels like '%"undeclared"%'
        """
    )


@migrations()
def m029_selectors(db: Database) -> None:
    """What the selectors of sources match: one that matches nothing went unnoticed where the page
    states the same elsewhere."""
    db.table("selectors").create(
        {
            "source": str,
            "parser": str,
            "hook": str,
            "selector": str,
            "matched": int,
            "missed": int,
        },
        pk=("source", "parser", "hook", "selector"),
        not_null={"matched", "missed"},
    )


@migrations()
def m030_snapshots(db: Database) -> None:
    """Where the archive keeps what servers answered."""
    db.table("snapshots").create(
        {
            "id": int,
            "article_id": int,
            "url": str,
            "at": str,
            "status": int,
            "outcome": str,
            "reason": str,
            "body_sha256": str,
            "file": str,
            "offset": int,
            "length": int,
            "record_id": str,
            "same_as": str,
        },
        pk="id",
        not_null={
            "article_id",
            "url",
            "at",
            "status",
            "outcome",
            "body_sha256",
            "file",
            "offset",
            "length",
            "record_id",
        },
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("snapshots").create_index(["article_id"])
    db.table("snapshots").create_index(["file", "offset"])
    db.table("versions").add_column("snapshot", int)


@migrations()
def m031_chain(db: Database) -> None:
    """Each version is bound to its page, its text and the version before it. Versions of before
    this step get their hashes when their article gets its next one."""
    for column in ("fetched_url", "text_hash", "previous_hash", "version_hash"):
        db.table("versions").add_column(column, str)


@migrations()
def m032_presence(db: Database) -> None:
    """Where a passage stood, gaps and all; and of what went, what stands in its place, and when it
    came back. It was forgotten then, and a replaced headline was among what was taken out."""
    removals = db.table("removals")
    removals.add_column("back_in", int)
    removals.add_column("replaced_by", int)
    find_removals_anew(db)
    db.create_view(
        "passage_versions",
        """
        select p.id as passage_id, v.article_id, v.number, l.key as place
          from versions v join articles a on a.id = v.article_id,
               json_each(v.layout) l join passages p on p.id = l.value
         where a.state <> 'hidden'
        """,
    )
    db.create_view(
        "taken_out",
        """
        select r.id, v.source, p.article_id, a.url, a.title, p.kind, p.text,
               r.number as version, r.at,
               r.back_in as back_version, b.fetched_at as back_at
          from removals r
          join passages p on p.id = r.passage_id
          join articles a on a.id = p.article_id
          join versions v on v.article_id = p.article_id and v.number = r.number
          left join versions b on b.article_id = p.article_id and b.number = r.back_in
         where a.state <> 'hidden' and r.replaced_by is null and v.page_changed = 0
        """,
    )


@migrations()
def m033_views(db: Database) -> None:
    """All that a page of Datasette needs is in a view, and hidden articles are in none of them."""
    for view in ("changes", "version_texts"):
        db.execute(f"drop view {view}")
    db.create_view(
        "stories",
        """
        select id, source, url, title, first_seen_at, published_at, last_checked_at,
               last_changed_at, next_check_at, state, version_count, change_count
          from articles where state <> 'hidden' and version_count > 0
        """,
    )
    db.create_view(
        "version_texts",
        f"""
        select v.article_id, a.source, a.url, v.number, v.fetched_at, v.title, v.words,
               {_text_of("v")} as text
          from versions v join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,  # noqa: S608
    )
    db.create_view(
        "passage_texts",
        """
        select p.id, a.source, p.article_id, a.url, a.title, p.kind, p.text,
               p.first_version, p.last_version
          from passages p join articles a on a.id = p.article_id
         where a.state <> 'hidden'
        """,
    )
    db.create_view(
        "changes",
        f"""
        select v.article_id, a.source, a.url, u.number as from_version, v.number as to_version,
               u.title as from_title, v.title as to_title,
               u.fetched_at as from_fetched_at, v.fetched_at as to_fetched_at,
               v.labels, v.summary,
               v.title_changed, v.words_added, v.words_removed,
               v.blocks_added, v.blocks_removed, v.blocks_edited, v.blocks_moved,
               v.cosmetic, v.reverts_to, v.parser_changed, v.page_changed, v.held, v.minor,
               {_text_of("u")} as from_text, {_text_of("v")} as to_text
          from versions v
          join versions u on u.article_id = v.article_id
           and u.number = coalesce(v.compared_with, v.number - 1)
          join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,  # noqa: S608
    )


@migrations()
def m034_sources(db: Database) -> None:
    """Who the sources are, and which of them are still followed: one that was given up stayed
    overdue for ever."""
    db.table("sources").create(
        {
            "source": str,
            "title": str,
            "country": str,
            "language": str,
            "feeds": str,
            "home": str,
            "followed": int,
        },
        pk="source",
        not_null={"country", "language", "feeds", "home", "followed"},
        defaults={"country": "", "language": "", "feeds": "[]", "home": ""},
    )


def _text_of(versions: str) -> str:
    """The text of a version in one piece, as m033 has it."""
    return f"""(
        select group_concat(text, char(10) || char(10))
          from (select p.text from json_each({versions}.layout) l
                  join passages p on p.id = l.value order by l.key))"""  # noqa: S608


@migrations()
def m035_outbox(db: Database) -> None:
    """What people are to be told, the messages that tell it, and alarms for operators."""
    db.table("notices").create(
        {
            "id": int,
            "watch": str,
            "channel": str,
            "article_id": int,
            "number": int,
            "text": str,
            "made_at": str,
            "due_at": str,
            "message_id": int,
            "withdrawn": str,
        },
        pk="id",
        not_null={"watch", "channel", "made_at", "due_at"},
    )
    db.table("messages").create(
        {
            "id": int,
            "name": str,
            "watch": str,
            "channel": str,
            "digest": int,
            "made_at": str,
            "due_at": str,
            "attempts": int,
            "state": str,
            "done_at": str,
            "said": str,
            "answer": str,
        },
        pk="id",
        not_null={"name", "watch", "channel", "digest", "made_at", "attempts", "state"},
        defaults={"attempts": 0, "digest": 0, "state": "waiting"},
    )
    db.table("alarms").create(
        {"name": str, "said": str, "since": str}, pk="name", not_null={"said", "since"}
    )
    db.execute(
        """
        create index waiting_notices on notices (watch, channel, due_at)
         where message_id is null and withdrawn is null
        """
    )
    db.execute("create index notices_of_article on notices (article_id)")
    db.execute("create index notices_of_message on notices (message_id)")
    db.execute("create index waiting_messages on messages (channel, due_at) where done_at is null")
    db.execute("create index messages_made on messages (watch, channel, made_at)")


@migrations()
def m036_roots(db: Database) -> None:
    """Merkle roots over versions, and the stamps that outside clocks gave them: who owns a record
    can write all of it anew, but for these. `versions.root` is null for what no root knows yet;
    hashes that the record gave up for a good reason are noted with it."""
    db.table("versions").add_column("root", int)
    db.execute("create index not_in_a_root on versions (article_id, number) where root is null")
    db.table("roots").create(
        {"id": int, "made_at": str, "size": int, "root": str, "statement": str},
        pk="id",
        not_null={"made_at", "size", "root", "statement"},
    )
    db.table("stamps").create(
        {
            "root_id": int,
            "kind": str,
            "authority": str,
            "at": str,
            "said": str,
            "promised": int,
            "sha256": str,
        },
        pk=("root_id", "kind"),
        not_null={"authority", "said", "promised", "sha256"},
        foreign_keys=[("root_id", "roots", "id")],
    )
    db.table("retired_hashes").create(
        {"version_hash": str, "root": int, "at": str, "why": str},
        pk="version_hash",
        not_null={"at", "why"},
    )


@migrations()
def m037_confirmed(db: Database) -> None:
    """When a version was last there, also by a 304: of the newest one in its article, where a
    check writes in any case."""
    for table in ("articles", "versions"):
        db.table(table).add_column("confirmed_at", str)
    db.execute(
        """
        update articles set confirmed_at = last_checked_at
         where version_count > 0 and last_error is null and unconfirmed = 0
           and seen_hash = (select content_hash from versions v
                             where v.article_id = articles.id and v.number = version_count)
        """
    )


@migrations()
def m038_erased(db: Database) -> None:
    """What was erased for good. Its article stays hidden, so that it is not recorded again."""
    db.table("erased").create(
        {"article_id": int, "at": str, "reason": str, "finished_at": str},
        pk="article_id",
        not_null={"at", "reason"},
        foreign_keys=[("article_id", "articles", "id")],
    )


@migrations()
def m039_rereadings(db: Database) -> None:
    """Versions that were read anew from the archive, with the hashes that they had before. What
    came with that is out of the order of time, by which searches for dates go."""
    db.table("versions").add_column("read_anew_at", str)
    for table in ("passages", "removals"):
        db.table(table).add_column("read_anew", int, not_null_default=0)
        db.execute(f"create index {table}_read_anew on {table} (id) where read_anew = 1")
    db.table("rereadings").create(
        {
            "id": int,
            "article_id": int,
            "number": int,
            "at": str,
            "became": int,
            "parser": str,
            "text_hash": str,
            "previous_hash": str,
            "version_hash": str,
        },
        pk="id",
        not_null={"article_id", "number", "at"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("rereadings").create_index(["article_id"])
    db.table("rereadings").create_index(["version_hash"])


@migrations()
def m040_let_go(db: Database) -> None:
    """Pages that the operator does not want to keep for ever."""
    db.table("snapshots").add_column("let_go_at", str)


@migrations()
def m041_copies(db: Database) -> None:
    """Copies of versions in the Internet Archive: those that are to be asked for, and where they
    are."""
    db.table("copies").create(
        {
            "id": int,
            "article_id": int,
            "number": int,
            "url": str,
            "weight": int,
            "made_at": str,
            "due_at": str,
            "attempts": int,
            "asked_at": str,
            "job": str,
            "state": str,
            "done_at": str,
            "said": str,
            "address": str,
        },
        pk="id",
        not_null={"article_id", "number", "url", "weight", "made_at", "attempts", "state"},
        defaults={"attempts": 0},
    )
    db.execute("create index waiting_copies on copies (weight, made_at) where state = 'waiting'")
    db.execute("create index copies_of_article on copies (article_id, number)")
    db.execute("create index asked_copies on copies (asked_at) where asked_at is not null")


@migrations()
def m042_captures(db: Database) -> None:
    """Versions that the Internet Archive saw before we did."""
    db.table("versions").add_column("captured", int, not_null_default=0)
    db.execute("create index captured_versions on versions (fetched_at) where captured = 1")


@migrations()
def m043_muted_sources(db: Database) -> None:
    """Sources that lists and notices leave out, since most of their changes are the page's."""
    db.table("sources").add_column("muted_at", str)


@migrations()
def m044_changes_of_the_story(db: Database) -> None:
    """What the view of changes compares is what the site does: nothing is compared with a page that
    stood in the story's place for a while."""
    db.execute("drop view changes")
    db.create_view(
        "changes",
        f"""
        select v.article_id, a.source, a.url, u.number as from_version, v.number as to_version,
               u.title as from_title, v.title as to_title,
               u.fetched_at as from_fetched_at, v.fetched_at as to_fetched_at,
               v.labels, v.summary,
               v.title_changed, v.words_added, v.words_removed,
               v.blocks_added, v.blocks_removed, v.blocks_edited, v.blocks_moved,
               v.cosmetic, v.reverts_to, v.parser_changed, v.page_changed, v.held, v.minor,
               {_text_of("u")} as from_text, {_text_of("v")} as to_text
          from versions v
          join versions u on u.article_id = v.article_id and u.number = (
               select max(base.number) from versions base
                where base.article_id = v.article_id and base.page_changed < 2
                  and base.number <= coalesce(v.compared_with, v.number - 1))
          join articles a on a.id = v.article_id
         where a.state <> 'hidden'
        """,  # noqa: S608
    )


@migrations()
def m045_host_days(db: Database) -> None:
    """How often hosts were asked, where that is bounded."""
    db.table("host_days").create(
        {"host": str, "day": str, "requests": int},
        pk=("host", "day"),
        not_null={"requests"},
    )


@migrations()
def m046_nodes(db: Database) -> None:
    """On which machine a crawl runs, and when it last gave a sign of life. The last run of all, the
    last ones of a source, and those that go on, are found without reading all runs."""
    db.table("runs").add_column("node", str)
    db.table("runs").add_column("seen_at", str)
    db.execute("create index last_runs on runs (coalesce(finished_at, started_at))")
    db.execute("create index unfinished_runs on runs (source) where finished_at is null")
    db.execute("create index runs_of_source on runs (source, id)")
