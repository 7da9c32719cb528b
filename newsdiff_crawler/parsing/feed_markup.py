"""The XML of feeds and sitemaps as it comes: told by its root element, and cut into entries that
are mended and parsed each by itself, so that what is broken in one harms no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from html.entities import html5
from itertools import chain
from urllib.parse import urljoin

from lxml import etree

LONGEST_HEAD = 1_000_000  # characters in front of the root element
LONGEST_MARK = 100  # characters
LONGEST_ENTRY = 2_000_000  # characters; what is longer is passed by
LONGEST_CONTEXT = 10_000  # characters of the start tags above the entries, which each is read below
MOST_ATTRIBUTES = 1_000  # of a tag: to read them takes time in the square of their number
# Root elements, and the elements that are their entries.
ROOTS = {
    "rss": ("item",),
    "rdf": ("item",),
    "channel": ("item",),
    "feed": ("entry",),
    "urlset": ("url", "sitemap"),
    "sitemapindex": ("url", "sitemap"),
}
# What programs print in front of it when something went wrong.
_NOTICES = {"b", "br", "code", "div", "em", "font", "hr", "i", "p", "pre", "span", "strong", "xml"}
_AROUND = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"  # blanks that come with copied addresses
_LINE_END = re.compile(r"\s*[\r\n\t]\s*")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_NAME = r"([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)"
_OPENED = re.compile(rf"<!--|<!\[CDATA\[|<\?|<!DOCTYPE|<{_NAME}(?=[\s/>])", re.I)
_CLOSING = {"<!--": "-->", "<![CDATA[": "]]>", "<?": ">"}
_DOCTYPE = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.S)
_CONTEXT = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(ROOTS)})(?=[\s/>])[^>]*>", re.I)
_MANY_ATTRIBUTES = re.compile(
    rf"<[^\s<>/]+(?:\s+[^\s<>=]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')){{{MOST_ATTRIBUTES}}}"
)
_NO_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_MEND = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|&(?:#[0-9A-Za-z]*;|[A-Za-z][0-9A-Za-z]*;)?"
    rf"|<(?![A-Za-z_/!?])|{_NO_XML}",
    re.S,
)
_XML_ENTITIES = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class NoFeedError(Exception):
    """A document is none that a feed can be; the message says why."""


@dataclass(frozen=True)
class Document:
    """``root``: its local name in small letters, "html" for a page; empty where it is no feed's.
    ``entries`` can be read once."""

    root: str
    entries: Iterator[Entry]


@dataclass(frozen=True)
class Entry:
    """An entry's element, below the start tags of what it stands in."""

    element: etree._Element
    url: str  # of the document

    def children(self, *names: str) -> list[etree._Element]:
        """Its child elements with a local name, in its own namespace or in none."""
        own = {family(self.element), ""}
        return [child for child in self._named(names) if family(child) in own]

    def foreign(self, *names: str) -> list[etree._Element]:
        """Its child elements with a local name, in another namespace."""
        own = {family(self.element), ""}
        return [child for child in self._named(names) if family(child) not in own]

    def text(self, *names: str) -> str:
        """Of the first of such children that has any."""
        return next(filter(None, map(text_of, self.children(*names))), "")

    def language(self) -> str:
        """As stated by it, or by what it stands in; empty: not at all."""
        for element in (self.element, *self.element.iterancestors()):
            if element.get(_XML_LANG):
                return str(element.get(_XML_LANG)).lower()
        return ""

    def address(self, link: str, element: etree._Element) -> str:
        """A link in an element, made absolute by ``xml:base``, or by the document's own URL."""
        base = self.url
        for each in reversed([element, *element.iterancestors()]):
            base = joined(base, each.get(_XML_BASE) or "")
        return joined(base, link)

    def _named(self, names: tuple[str, ...]) -> Iterator[etree._Element]:
        return (child for child in self.element if local_name(child) in names)


def read_document(pieces: Iterator[str], url: str) -> Document:
    """A document by its root element; without entries where it is no feed."""
    head = ""
    for piece in pieces:
        head += piece
        root = _find_root(head)
        if root or len(head) > LONGEST_HEAD:
            break
    else:
        root = _find_root(head + " >")
    if not root or root.name not in ROOTS:
        return Document("html" if root and root.name == "html" else "", iter(()))
    names = ROOTS[root.name]
    return Document(root.name, _entries(chain([head[root.start :]], pieces), names, url))


def joined(base: str, link: str) -> str:
    """A link as seen from a base; as it stands where that cannot be told."""
    link = _LINE_END.sub("", link.strip(_AROUND).replace("&amp;", "&"))  # escaped twice
    if link.startswith("<![CDATA["):  # likewise
        link = link[9:].removesuffix("]]>").strip(_AROUND)
    if re.match(r"www\.[\w-]+\.", link):
        link = f"//{link}"
    try:
        return link if _ABSOLUTE.match(link) else urljoin(base, link)
    except ValueError:
        return link


def local_name(element: etree._Element) -> str:
    """Without namespace and prefix, in small letters."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def family(element: etree._Element) -> str:
    """The namespace of an element, or its prefix where that was never declared."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag[:1] == "{" else tag.rpartition(":")[0]


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(element.itertext()).strip()


@dataclass(frozen=True)
class _Root:
    name: str
    start: int


def _find_root(text: str) -> _Root | None:
    """The first element that is no printed notice. None: there is none yet."""
    at = 0
    while opened := _OPENED.search(text, at):
        mark = opened[0].upper()
        if opened[2]:
            name = opened[2].lower()
            if text.find(">", opened.end()) < 0:
                return None
            if name not in _NOTICES:
                return _Root(name, opened.start())
            at = opened.end()
        elif mark == "<!DOCTYPE":
            doctype = _DOCTYPE.match(text, opened.end())
            if not doctype:
                return None
            if re.match(r"\s*html\b", doctype[0], re.I):
                return _Root("html", opened.start())
            at = doctype.end()
        else:
            end = text.find(_CLOSING[mark], opened.end())
            if end < 0:
                return None
            at = end + len(_CLOSING[mark])
    return None


def _entries(pieces: Iterable[str], names: tuple[str, ...], url: str) -> Iterator[Entry]:
    context = ""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    splitter = _Splitter(names)
    for fragment in splitter.split(pieces):
        context = context or _context(splitter.head)
        if len(fragment) > MOST_ATTRIBUTES and _MANY_ATTRIBUTES.search(fragment):
            fragment = ""
        root = etree.fromstring(context + mended(fragment), parser)
        elements = () if root is None else root.iter("{*}*")
        found = (each for each in elements if local_name(each) in names)
        yield Entry(next(found, etree.Element(names[0])), url)


def _context(head: str) -> str:
    """The start tags above the entries."""
    context = "".join(map(mended, _CONTEXT.findall(head)))
    if len(context) > LONGEST_CONTEXT:
        raise NoFeedError(f"its root element is longer than {LONGEST_CONTEXT:,} characters")
    return context


def mended(text: str) -> str:
    """XML with what is in it by mistake: an ``&`` that begins no entity stands for itself, as do
    ``<`` in front of no name and entities that nobody knows; those of HTML are the characters that
    they mean; characters that XML does not have are left out."""
    return _MEND.sub(_mend, text)


def _mend(match: re.Match[str]) -> str:
    found = match[0]
    if found[:2] == "<!":
        closing = "-->" if found[:4] == "<!--" else "]]>"
        content = re.sub(_NO_XML, "", found)
        return content if content.endswith(closing) else content + closing
    if found[:2] == "&#":
        return found if _is_character(found[2:-1]) else ""
    if found[0] == "&":
        return found if found in _XML_ENTITIES else escape(html5.get(found[1:], found))
    return "&lt;" if found == "<" else ""


def _is_character(number: str) -> bool:
    """Whether XML has the character of a numeric reference, ``229`` or ``xE5``."""
    try:
        code = int(number[1:], 16) if number[:1] in "xX" else int(number)
    except ValueError:
        return False
    return (
        code in (9, 10, 13)
        or 0x20 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or (0x10000 <= code < 0x110000)
    )


class _Splitter:
    """Cuts a text that comes in pieces into its entries: each from its start tag to its end tag, or
    to the next one's start. Comments and CDATA are looked over. ``head``: what stands in front of
    the first entry."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._mark = re.compile(
            rf"<!--|<!\[CDATA\[|<(/?)([\w.-]+:)?(?:{'|'.join(names)})(?=[\s/>])", re.I
        )
        self.head = ""
        self._buffer = ""
        self._at = 0  # where the next mark is looked for
        self._begun: int | None = None  # where the entry begins that has not ended
        self._prefix = ""  # of its tag

    def split(self, pieces: Iterable[str]) -> Iterator[str]:
        """The text of each entry; empty for one that is too long."""
        for piece in pieces:
            yield from self._read(piece, is_last=False)
        yield from self._read("", is_last=True)
        if self._begun is not None:
            yield self._buffer[self._begun :]

    def _read(self, piece: str, *, is_last: bool) -> Iterator[str]:
        self._buffer += piece
        unclosed: set[str] = set()
        while found := self._mark.search(self._buffer, self._at):
            if found[0].upper() in _CLOSING:
                if not self._look_over(found, unclosed, is_last):
                    break
            else:
                yield from self._cut(found)
        else:  # a mark may be cut in two
            self._at = max(self._at, len(self._buffer) - LONGEST_MARK)
        if self._begun is not None and len(self._buffer) - self._begun > LONGEST_ENTRY:
            self._begun = None
            yield ""
        self._let_go()

    def _look_over(self, found: re.Match[str], unclosed: set[str], is_last: bool) -> bool:
        """Goes to the end of a comment or CDATA; False: it has not come yet. ``unclosed``: the ends
        that the buffer has not. One that never comes is as if there were no beginning."""
        closing = _CLOSING[found[0].upper()]
        end = -1 if closing in unclosed else self._buffer.find(closing, found.end())
        if end >= 0:
            self._at = end + len(closing)
            return True
        unclosed.add(closing)
        is_awaited = not is_last and len(self._buffer) - found.start() < LONGEST_ENTRY
        self._at = found.start() if is_awaited else found.end()
        return not is_awaited

    def _cut(self, found: re.Match[str]) -> Iterator[str]:
        """At the start or end tag of an entry. A tag with another prefix than that of the entry in
        which it stands is none."""
        self._at = found.end()
        prefix = found[2] or ""
        if self._begun is not None:
            if prefix != self._prefix:
                return
            yield self._buffer[self._begun : found.start()]
        self.head = self.head or self._buffer[: found.start()][:LONGEST_HEAD] or " "
        self._begun, self._prefix = (None if found[1] else found.start()), prefix

    def _let_go(self) -> None:
        """Of what was read."""
        if not self.head:
            if len(self._buffer) < LONGEST_HEAD:
                return
            self.head = self._buffer[:LONGEST_HEAD]
        read = self._at if self._begun is None else self._begun
        self._buffer = self._buffer[read:]
        self._at -= read
        self._begun = None if self._begun is None else 0
