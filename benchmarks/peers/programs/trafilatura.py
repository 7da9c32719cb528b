"""trafilatura: a page."""

from __future__ import annotations

import trafilatura
from trafilatura.settings import Document


def read(html: str, url: str) -> tuple[str, str]:
    document = trafilatura.bare_extraction(
        html, url=url, include_comments=False, with_metadata=True
    )
    if not isinstance(document, Document):
        raise ValueError("nothing found")
    return document.title or "", document.text or ""
