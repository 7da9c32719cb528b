"""The site's style, icon and script, read from the package, which may be an egg, a zip file."""

from __future__ import annotations

import mimetypes
from hashlib import blake2b
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request, Response

from newsdiff_crawler.web.conditional import is_known

router = APIRouter(include_in_schema=False)
_FILES = {file.name: file for file in (files("newsdiff_crawler.web") / "static").iterdir()}


@router.get("/static/{path}", name="static")
async def static(request: Request, path: str) -> Response:
    """One of the files, whole, or as a 304."""
    if path not in _FILES:
        raise HTTPException(404)
    content = _FILES[path].read_bytes()
    headers = {"ETag": f'W/"{blake2b(content, digest_size=12).hexdigest()}"'}
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=mimetypes.guess_type(path)[0], headers=headers)
