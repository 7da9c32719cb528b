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

# What is known of a language by its words, as languages.toml names it.
_KINDS = {
    "walls": "walls",
    "consents": "cookies",
    "boxes": "other stories",
    "adverts": "advertisements",
    "ago": "relative times",
    "dates": "months",
    "notices": "corrections",
    "sentences": "sentence ends",
}
_LANGUAGES = """
## Languages

How truly pages were read: the median F1 of paragraphs over real pages of the named sources, those
whose known text is right; where it says none, nobody has tried. What is known by its words: of each
kind an example is tested. A wall, a box or a notice in words that are not known is not recognised
as such; text is read, compared and shown in any language, in its own direction.

| language | sources | real pages | F1 | {kinds} |
|---|---:|---:|---:|{lines}|
"""
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
    kinds = " | ".join(_KINDS.values())
    head_of_languages = _LANGUAGES.format(kinds=kinds, lines="|".join(["---"] * len(_KINDS)))
    languages_known = (_language(code, languages[code]) for code in sorted(languages))
    return "".join([head, *map(_row, sources), head_of_languages, *languages_known])


def _language(code: str, sources: int) -> str:
    known = shipped.languages().stated(code)
    read = (str(known["pages"]), f"{known['f1']:.3f}") if known["pages"] else ("none", "–")
    words = ("yes" if kind in known["words"] else "no" for kind in _KINDS)
    return f"| {' | '.join([known['name'], str(sources), *read, *words])} |\n"


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
