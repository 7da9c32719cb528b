"""Proofs for readers: a change or a version as a file that proves it without this site."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from newsdiff_crawler.proof.gathering import Gathering, NoProofError
from newsdiff_crawler.proof.signing import KeyFileError, Signer
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web import heavy
from newsdiff_crawler.web.dependencies import Id, ReadRecords, shown_article
from newsdiff_crawler.web.rendering import page

MEDIA_TYPE = "application/wacz"

router = APIRouter(include_in_schema=False)


@router.get("/articles/{article_id}/diff/{older}/{newer}.wacz")
def proof_of_change(
    request: Request, records: ReadRecords, article_id: Id, older: Id, newer: Id
) -> Response:
    """The proof of two versions and what differs."""
    if older >= newer:
        raise HTTPException(404)
    return _proof(request, records, article_id, older, newer)


@router.get("/articles/{article_id}/versions/{number}.wacz")
def proof_of_version(
    request: Request, records: ReadRecords, article_id: Id, number: Id
) -> Response:
    """The proof of one version."""
    return _proof(request, records, article_id, number)


def _proof(request: Request, records: Records, article_id: int, *numbers: int) -> Response:
    article = shown_article(records, article_id)
    if not all(1 <= number <= article.version_count for number in numbers):
        raise HTTPException(404)
    heavy.check(request, records.size(article.id, *numbers))
    data = request.app.state.data
    try:
        bundle = Gathering(records, data, _signer(request)).bundle(article, numbers, utc_now())
    except NoProofError as error:
        heading, reason = "There is no proof of this", f"What would prove it: {error}."
        return page(request, "problem.html", 404, heading=heading, reason=reason, has_links=True)
    name = "-".join(map(str, (article.id, *numbers)))
    headers = {
        "Content-Disposition": f'attachment; filename="proof-{name}.wacz"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(bundle, media_type=MEDIA_TYPE, headers=headers)


def _signer(request: Request) -> Signer | None:
    """A site that may not have the key's file hands out proofs that are not signed."""
    try:
        return Signer(request.app.state.data)
    except KeyFileError:
        return None
