"""fundus: a page of one of its publishers, by that one's newest parser. It keeps nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

from fundus import PublisherCollection
from fundus.publishers.base_objects import Publisher
from fundus.scraping.html import WebSource


def host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


PUBLISHERS = {
    host(domain): publisher
    for publisher in PublisherCollection
    for domain in (*(publisher.deprecated_domains or ()), publisher.domain)
}
PUBLISHERS["bbc.com"] = PublisherCollection.uk.BBC


def publisher_of(url: str) -> Publisher:
    """Raises LookupError where a page is none of theirs."""
    labels = host(url).split(".")
    names = (".".join(labels[first:]) for first in range(len(labels)))
    known = (PUBLISHERS[name] for name in names if name in PUBLISHERS)
    publisher = next(known, None)
    if publisher is None:
        raise LookupError(url)
    return publisher


def read(html: str, url: str) -> tuple[str, str]:
    parsed = publisher_of(url).parser().parse(html, "suppress")
    body = parsed.get("body")
    return parsed.get("title"), body.text() if body else ""


def check(url: str) -> str:
    """By the BBC's parser: the publisher of the benchmark writes its pages as the BBC does."""
    publisher = PublisherCollection.uk.BBC
    source = WebSource([url], publisher, ignore_robots=True)
    (page,) = source.fetch(url_filter=lambda _: False)
    parsed = publisher.parser().parse(page.content, "suppress")
    return "read" if parsed.get("body") else "no text"
