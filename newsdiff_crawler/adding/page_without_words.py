"""A page in which nothing is left of its publisher's words: in its texts, attributes, linked
data."""

from __future__ import annotations

import json
import re
from collections.abc import Set as AbstractSet
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdiff_crawler.adding.invented import invented, invented_url
from newsdiff_crawler.parsing import linked_data
from newsdiff_crawler.urls import host_of

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[\d.:+-]+")
_LONGEST_NAME = 200  # characters of a class, or of another value that is no text
_PARTS = 4  # of a name that a build or a newsroom gives; a headline has more
# Attributes by which elements are told apart: what stands in them stays. All others go.
_NAMES = frozenset(
    """
    class id role itemprop itemtype itemscope rel property name type lang dir datetime pubdate
    hidden style aria-hidden charset open colspan rowspan http-equiv
    """.split()  # noqa: SIM905
)
_TEXTS = frozenset({"alt", "title", "aria-label"})
_FACTS = ("date", "time", "type", "lang", "locale", "charset", "robots")  # in a meta's name
# Of linked data: what a reader asks for, and of that what is no text.
_KEYS = frozenset(
    """
    @context @type @graph @id url headline alternativeHeadline name author creator publisher
    datePublished dateModified dateCreated mainEntityOfPage isAccessibleForFree description
    articleBody isPartOf hasPart cssSelector mainEntity itemListElement
    """.split()  # noqa: SIM905
)
_NO_TEXTS = frozenset(
    {"@context", "@type", "cssSelector", "datePublished", "dateModified", "dateCreated"}
)


def kept_words(url: str) -> frozenset[str]:
    """Words that stay: those of the site's address, by which a reader knows its name."""
    return frozenset(host_of(url).replace("-", ".").split("."))


def without_words(html: str, url: str) -> str:
    """The page as HTML. One that is so already stays as it is."""
    kept = kept_words(url)
    tree = LexborHTMLParser(_without_comments(html))
    for node in tree.css("*"):
        _invent_attributes(node, kept)
        _invent_texts(node, kept)
    return _written(tree)


def is_without_words(html: str, url: str) -> bool:
    """Whether a page is one that `without_words` made, or could have."""
    is_address = url == invented_url(url, kept_words(url))
    return is_address and html == without_words(html, url)


def _without_comments(html: str) -> str:
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        for child in list(node.iter(include_text=True)):
            if child.tag == "-comment":
                child.decompose()
    return _written(tree)


def _written(tree: LexborHTMLParser) -> str:
    root = tree.root
    return f"<!DOCTYPE html>\n{root.html if root else ''}\n"


def _invent_texts(node: LexborNode, kept: AbstractSet[str]) -> None:
    for child in list(node.iter(include_text=True)):
        text = child.text_content or ""
        if child.tag == "-text":
            is_data = node.tag == "script"
            child.replace_with(_data_of(text, kept) if is_data else _spaced(invented(text, kept)))


def _spaced(text: str) -> str:
    """With one space, or the end of one line, for several: markup is full of them."""
    return _SPACE.sub(lambda match: "\n" if "\n" in match[0] else " ", text)


def _invent_attributes(node: LexborNode, kept: AbstractSet[str]) -> None:
    for name, value in list(node.attributes.items()):
        changed = _attribute(node, name, value or "", kept)
        if changed is None:
            del node.attrs[name]
        elif changed != (value or ""):
            node.attrs[name] = changed


def _attribute(node: LexborNode, name: str, value: str, kept: AbstractSet[str]) -> str | None:
    if name == "href":
        return invented_url(value, kept)
    if name == "content":
        return _meta(node, value, kept)
    if len(value) > _LONGEST_NAME:
        return None
    if name in _TEXTS:
        return invented(value, kept)
    if name.startswith("data-"):
        return value if _is_name(value) else ""
    return value if name in _NAMES or _NUMBER.fullmatch(value) else None


def _is_name(value: str) -> bool:
    return len(value.replace("_", "-").split("-")) <= _PARTS and not any(map(str.isspace, value))


def _meta(node: LexborNode, value: str, kept: AbstractSet[str]) -> str:
    names = " ".join(node.attributes.get(name) or "" for name in ("name", "property", "itemprop"))
    if _is_address(value):
        return invented_url(value, kept)
    is_fact = len(value) <= _LONGEST_NAME // 4 and any(fact in names.lower() for fact in _FACTS)
    return value if is_fact else invented(value, kept)


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://", "/")) and not any(map(str.isspace, value))


def _data_of(script: str, kept: AbstractSet[str]) -> str:
    """Linked data, with the keys that readers ask for."""
    values = [_data(value, "", kept) for value in linked_data.load(script)]
    text = json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def _data(value: Any, key: str, kept: AbstractSet[str]) -> Any:
    if isinstance(value, dict):
        return {name: _data(each, name, kept) for name, each in value.items() if name in _KEYS}
    if isinstance(value, list):
        return [_data(each, key, kept) for each in value]
    if not isinstance(value, str) or (key in _NO_TEXTS and len(value) <= _LONGEST_NAME):
        return value
    return invented_url(value, kept) if _is_address(value) else invented(value, kept)
