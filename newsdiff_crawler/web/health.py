"""Whether all is well, for monitors."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.dependencies import ReadRecords

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health(records: ReadRecords) -> Response:
    """Answers 200 if the database can be read, else 503, and lists the health of each source."""
    now = utc_now()
    sources = [records.health.of(name, now) for name in records.health.sources()]
    return JSONResponse({"status": "ok", "sources": [asdict(source) for source in sources]})
