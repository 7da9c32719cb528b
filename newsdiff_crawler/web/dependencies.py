"""What routes depend on: the record for one request, and what an address names in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import Depends, HTTPException, Path, Request

from newsdiff_crawler.store.reading.records import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.web.redirects import MergedArticleError

MOST_LISTED = 200  # versions of an article, in one list
MAX_INTEGER = 2**63 - 1  # SQLite's


async def open_records(request: Request) -> AsyncIterator[Records]:
    """The record, until the answer is made. Sending it to a slow client may take much longer."""
    async with request.app.state.pool.lend() as records:
        yield records


ReadRecords = Annotated[Records, Depends(open_records, scope="function")]
Id = Annotated[int, Path(ge=1, le=MAX_INTEGER)]


def shown_article(records: Records, article_id: int) -> ArticleFacts:
    """The article with this id. Raises HTTPException, 451 if it was taken down and 404 if there is
    none, and MergedArticleError, which redirects, if it was merged into another article."""
    article = records.article(article_id)
    if article is None:
        successor = records.successor(article_id)
        if successor:
            raise MergedArticleError(successor)
        raise HTTPException(451 if records.is_hidden(article_id) else 404)
    return article


def versions_near(records: Records, article: ArticleFacts, *numbers: int) -> list[VersionFacts]:
    """All versions of an article; if it has very many, those near these numbers, the first and the
    newest."""
    if article.version_count <= MOST_LISTED:
        return records.versions(article.id)
    before, most = MOST_LISTED // 4 + 1, MOST_LISTED // 2
    parts = [records.versions(article.id, max(0, number - before), most) for number in numbers]
    ends = records.versions(article.id, limit=1), records.last_versions(article.id, limit=1)
    near = {version.number: version for part in (*parts, *ends) for version in part}
    return [near[number] for number in sorted(near)]


def version_in(versions: Sequence[VersionFacts], number: int) -> VersionFacts:
    """The version with this number. Raises HTTPException, 404, if there is none."""
    for version in versions:
        if version.number == number:
            return version
    raise HTTPException(404)
