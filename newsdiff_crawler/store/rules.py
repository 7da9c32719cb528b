"""Rules of the record that figures and lists go by, each in one place: which articles readers may
see, what a change counts as, which changes are searched for what they took out.

As conditions of SQL, for the table of a name or an alias. Their twins for a version that is being
made are in `newsdiff_crawler.items`.
"""

from __future__ import annotations

LONGEST_TITLE = 3_000  # characters, where a text is only named; no record of today has a longer one


def title_of(versions: str) -> str:
    """The title of articles or versions, to name them by. The text itself has it whole."""
    return f"substr({versions}.title, 1, {LONGEST_TITLE})"


def not_hidden(articles: str) -> str:
    """Articles that were not taken down. Those that were found and never read too: they are
    checked, and nobody sees them."""
    return f"{articles}.state <> 'hidden'"


def visible(articles: str) -> str:
    """Articles that readers may see: with a version, and not taken down."""
    return f"{not_hidden(articles)} and {articles}.version_count > 0"


def is_the_story(versions: str) -> str:
    """Versions whose text is the article's story, and not a placeholder in its place. What follows
    is compared with these."""
    return f"{versions}.page_changed < 2"


def base_of(versions: str) -> str:
    """The number of the version that one is compared with: the one before it, or another that the
    record names, and never a placeholder; null where the story was not there before."""
    return f"""(
        select max(base.number) from versions base
         where base.article_id = {versions}.article_id and {is_the_story("base")}
           and base.number <= coalesce({versions}.compared_with, {versions}.number - 1))"""  # noqa: S608


def of_visible(rows: str) -> str:
    """Versions, labels of changes and other rows that only an article with a version has, without
    those of hidden articles. These are few, and have an index: no row's article is asked for."""
    return f"{rows}.article_id not in (select id from articles where state = 'hidden')"  # noqa: S608


def counts(versions: str) -> str:
    """Versions that are a real change, one that counts: `items.minor_of` says None of them."""
    return f"{versions}.number > 1 and {versions}.minor is null"


def not_muted(versions: str) -> str:
    """Versions of sources that lists and notices do not leave out."""
    return f"{versions}.source not in (select source from sources where muted_at is not null)"  # noqa: S608


def sources_in(table: str) -> str:
    """The names of sources in a table with an index of them, as a table ``names``: one step in the
    index for each name, not one for each row."""
    return f"""(
        with recursive walked(name) as (
            select min(source) from {table}
            union all
            select (select min(source) from {table} where source > walked.name)
              from walked where walked.name is not null)
        select name from walked where name is not null) as names"""  # noqa: S608
