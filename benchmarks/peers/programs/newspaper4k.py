"""newspaper4k: a page, or an article by its address. It keeps nothing."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # on import: that nltk is absent, which reading needs not
    from newspaper import Article


def read(html: str, url: str) -> tuple[str, str]:
    try:
        return parsed(Article(url, fetch_images=False), html)
    except (ImportError, LookupError):  # words of Korean or Chinese are a download of their own
        return parsed(Article(url, fetch_images=False, language="en"), html)


def parsed(article: Article, html: str) -> tuple[str, str]:
    article.download(input_html=html)
    article.parse()
    return article.title, article.text


def check(url: str) -> str:
    article = Article(url, fetch_images=False)
    article.download()
    article.parse()
    return "read" if article.text else "no text"
