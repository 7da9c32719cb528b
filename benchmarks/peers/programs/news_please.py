"""news-please: a page, or an article by its address. Used as a library, it keeps nothing."""

from __future__ import annotations

from newsplease import NewsPlease


def read(html: str, url: str) -> tuple[str, str]:
    article = NewsPlease.from_html(html, url=url)
    return article.title, article.maintext


def check(url: str) -> str:
    return "read" if NewsPlease.from_url(url).maintext else "no text"
