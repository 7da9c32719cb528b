"""docs/sources.md, made from what the named sources declare::

python -m newsdiff_crawler.crawling.sources_page > docs/sources.md
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import spider_of
from newsdiff_crawler.source import Source

_HEAD = """\
# Named sources

Made by `python -m newsdiff_crawler.crawling.sources_page`; a test compares. {named} sources of
{countries} countries in {languages} languages can be crawled by name, as `scrapy crawl orf`;
`scrapy follow orf` makes one of them yours. {others} more, by their feeds, are in the catalogue:
`scrapy find` looks in both. Where the facts are from, what was left out and how truly the pages
are read: [newsdiff_crawler/sources/README.md](../newsdiff_crawler/sources/README.md).

Last probed: none of them yet. Where these tables were made there is no internet: `scrapy probe
NAME` tells whether a source answers where you are.

| source | title | country | language | feeds | sitemaps | read by |
|---|---|---|---|---:|---:|---|
"""


def page() -> str:
    """The page, as Markdown."""
    sources = sorted(_named(), key=lambda source: (source.country, source.name))
    countries = Counter(source.country for source in sources)
    languages = Counter(source.language for source in sources)
    head = _HEAD.format(
        named=len(sources),
        countries=len(countries),
        languages=len(languages),
        others=f"{len(shipped.catalogue()):,}",
    )
    return head + "".join(map(_row, sources))


def _named() -> Iterator[type[Source]]:
    settings = Settings()
    settings.setmodule("newsdiff_crawler.settings")
    spiders = SpiderLoader.from_settings(settings)
    for spider in map(spiders.load, spiders.list()):
        if issubclass(spider, Source) and (spider.feeds or spider.sitemaps):
            yield spider
    for name in shipped.named():
        yield spider_of(name, shipped.named().table(name))


def _row(source: type[Source]) -> str:
    generic = all(parser.name.startswith("generic/") for parser in source.parsers)
    read_by = "the generic parser" if generic else _number(len(source.parsers), "parser")
    facts = (
        f"`{source.name}`",
        source.title,
        source.country,
        source.language,
        str(len(source.feeds)),
        str(len(source.sitemaps)),
        read_by,
    )
    return f"| {' | '.join(facts)} |\n"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)} of its own"


if __name__ == "__main__":
    print(page(), end="")
