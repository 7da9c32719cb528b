"""A first parser for a page that the generic one reads: selectors of names that last, which find
the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from selectolax.lexbor import LexborNode

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing.blocks import shown_text
from newsdiff_crawler.parsing.generic import headline_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser
from newsdiff_crawler.parsing.story import find_story

_ATTRIBUTES = ("itemprop", "data-component", "data-testid", "data-type", "data-module", "role")
_VALUE = re.compile(r"[A-Za-z][A-Za-z_-]{1,40}")
# Words with a vowel in each, perhaps after a paper's initials: what a build makes up is not so.
_WORD = "(?:[a-z]*[aeiouy][a-z]*)"
_LASTS = re.compile(rf"(?:[a-z]{{2,4}}[-_])?{_WORD}(?:(?:--?|__?){_WORD})*", re.IGNORECASE)
_MADE_UP = re.compile(r"^(?:css|sc|jsx|jss|svelte|ssrcss|emotion)-|[a-z][A-Z][a-z]?[A-Z]")
_STORYS = re.compile(r"article|story|body|content|text|post|entry|artikel|beitrag", re.I)
_STANDFIRSTS = re.compile(
    r"(?<![a-z])(?:standfirst|summary|excerpt|lea?de?|intro\w*|dek|deck|description|sub-?(?:title|head"
    r"|headline|heading)|strap(?:line)?|abstract|chapo|vorspann|ingress|teaser|copy)(?![a-z])",
    re.IGNORECASE,
)
_ABOVE = 3  # elements around the story that may be named where it is not
_AUTHORS = ("", "[rel~=author]", "[itemprop~=author]")
_PUBLISHED = ("", "time[itemprop=datePublished]", "time[pubdate]", "time[datetime]")


def guess(page: Page, article: ParsedPage, name: str) -> type[Parser] | None:
    """A parser that reads a page as the generic one did; None where no name that lasts leads to its
    text."""
    story = find_story(page, headline_of(page))
    if story is None:
        return None
    texts = [block.text for block in article.body]
    candidates = list(_of_body(page, story.container))
    for paragraph, body in product(_paragraphs(article, story.container), candidates):
        hooks = {"layout": body, "title": _title(page), "body": body, "paragraph": paragraph}
        parser = _parser(name, hooks)
        if [block.text for block in parser().read_body(page)] == texts:
            return _with_head(page, article, name, hooks)
    return None


def declared(parser: type[Parser]) -> dict[str, str]:
    """The name and the selectors of a guessed parser, which is nothing else."""
    return {hook: css for hook, css in vars(parser).items() if hook in Parser.__annotations__}


def _parser(name: str, hooks: dict[str, str]) -> type[Parser]:
    found = {hook: css for hook, css in hooks.items() if css}
    return type("Guessed", (Parser,), {"name": name, **found})


def _with_head(
    page: Page, article: ParsedPage, name: str, hooks: dict[str, str]
) -> type[Parser] | None:
    """With what finds the same standfirst, authors and date; a page that states the last two in its
    head needs no selector for them."""
    standfirst = _standfirst(page, article.standfirst)
    for authors, published in product(_AUTHORS, _PUBLISHED):
        more = {"standfirst": standfirst, "authors": authors, "published": published}
        parser = _parser(name, hooks | more)
        read = parser().parse(page)
        if (read.authors, read.published_at) == (article.authors, article.published_at):
            return parser
    return _parser(name, hooks | {"standfirst": standfirst})


def _title(page: Page) -> str:
    """Of the headline; nothing where the first `<h1>` is that, or nothing tells it from others."""
    headline = headline_of(page)
    if headline is None or _finds(page, "h1", headline):
        return ""
    return next((css for css in _selectors(headline) if _finds(page, css, headline)), "")


def _of_body(page: Page, container: LexborNode) -> Iterator[str]:
    node: LexborNode | None = container
    for _ in range(_ABOVE):
        if node is None or node.tag in ("body", "html"):
            return
        yield from (css for css in _selectors(node) if len(page.all(css)) == 1)
        node = node.parent


def _paragraphs(article: ParsedPage, container: LexborNode) -> Iterator[str]:
    """Of the paragraphs: nothing where `<p>` are, or else what all have in common that are none."""
    yield ""
    texts = {block.text for block in article.body if block.kind == "paragraph"}
    nodes = [node for node in container.css("div, span, section") if shown_text(node) in texts]
    if nodes:
        common = set.intersection(*(set(_selectors(node)) for node in nodes))
        yield from sorted(common, key=lambda css: (not css.startswith("."), css))


def _standfirst(page: Page, text: str) -> str:
    """Of the innermost element that shows just this text."""
    nodes = page.all("p, div, h2, h3, span, strong") if text else []
    for node in reversed([node for node in nodes if shown_text(node) == text]):
        for css in _selectors(node):
            if _STANDFIRSTS.search(css) and _finds(page, css, node):
                return css
    return ""


def _finds(page: Page, css: str, node: LexborNode) -> bool:
    first = page.first(css)
    return first is not None and first.mem_id == node.mem_id


def _selectors(node: LexborNode) -> Iterator[str]:
    """By what the element is named, the names that speak of a story first."""
    attributes = node.attributes
    for name in _ATTRIBUTES:
        if _VALUE.fullmatch(value := attributes.get(name) or ""):
            yield f'[{name}="{value}"]'
    names = [f".{name}" for name in (attributes.get("class") or "").split() if _lasts(name)]
    names += [f"#{name}" for name in [attributes.get("id") or ""] if _lasts(name)]
    yield from sorted(names, key=lambda name: not _STORYS.search(name))
    yield from (f"{node.tag}{name}" for name in names)
    if node.tag in ("article", "main", "h1"):
        yield node.tag


def _lasts(name: str) -> bool:
    return bool(_LASTS.fullmatch(name)) and not _MADE_UP.search(name)
