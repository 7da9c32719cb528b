"""Changes made to a page: around the story, where no reader may see any, or in it, where each must.

All are drawn from a random generator of the caller's, so that a seed repeats them.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Collection, Iterator, Sequence
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.extraction.scores import fold
from newsdiff_crawler.text import normalise

# Names that a build makes up, as ``css-1h2dqjk``, ``sc-bdVaJa`` or ``Body_text__3xYz1``: a part of
# five signs or more with letters and digits mixed, or capitals amid small letters.
_HASH = re.compile(
    r"(?<=[-_])(?=\w*(?:[a-z]\d|\d[a-z]|[a-z][A-Z]{2}|[A-Z]{2}[a-z]+[A-Z]))[A-Za-z0-9]{5,12}\b"
)
_AGO = re.compile(
    r"(?<![\d.,])\d{1,2}(?=\s*(?:h|hrs?|hours?|m|mins?|minutes?|days?|weeks?|months?)\s+ago\b)"
    r"|(?<=\bvor )\d+(?= (?:Minute|Stunde|Tag|Woche|Monat|Jahr)\w*)"
    r"|(?<=\bil y a )\d+\b|(?<=\bhace )\d+\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^\W*\d[\d.,]*[kK]?(?=\s*(?:comments?|shares?|likes?|kommentare?|commentaires?)?\W*$)", re.I
)
_COUNTED = re.compile(r"comment|share|like|kommentar", re.I)
_SHORT = 4
_PLAIN = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,}){2}|[^\W\d_]{8,}")
_UNSEEN = re.compile(r"<(head|script|style|noscript)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.I | re.S)
_SUBJECTS = (
    "Harbour town",
    "Night train",
    "Old cinema",
    "Village choir",
    "River ferry",
    "Tin mine",
)
_VERBS = ("reopens after", "votes against", "marks a year of", "sells out despite", "braces for")
_OBJECTS = ("record rainfall", "a quiet merger", "the long strike", "missing ledgers", "new tolls")


def move_surroundings(html: str, story: Collection[str], rng: random.Random) -> tuple[str, str]:
    """The page, parsed and written out again, twice: as it was, and with all that surrounds the
    story changed. ``story`` are the known texts, which stay.

    Changed are: links that stand alone outside the story (menus, related stories, most read),
    relative times, counts of comments, class names made by a build. New are: an entry in each
    of those lists, adverts between paragraphs, a list of related stories with teasers after
    the story, one of the most read at the page's end, a newsletter box, and a notice above it.
    """
    tree = LexborHTMLParser(html)
    before = tree.html or ""
    known = " \n ".join(fold(text) for text in story)
    paragraphs = paragraphs_of(tree, {fold(text) for text in story})
    holder = _holder(paragraphs)
    _change_links(tree, holder, known, rng)
    _change_numbers(tree, known, rng)
    _insert_adverts(paragraphs)
    _insert_lists(tree, holder, rng)
    after = tree.html or ""
    return before, _renamed_classes(after, rng)


def edit_paragraph(
    html: str, paragraphs: Sequence[str], which: int, rng: random.Random
) -> str | None:
    """The page with a word put into one paragraph, wherever the page repeats it (JSON-LD,
    scripts); None where the page shows no plain phrase of that paragraph without markup in it."""
    text = normalise(paragraphs[which])
    others = "\n".join(normalise(other) for other in paragraphs)
    phrases = [match[0] for match in _PLAIN.finditer(text) if others.count(match[0]) == 1]
    rng.shuffle(phrases)
    shown = [unescape(line) for line in _UNSEEN.sub("\n", html).splitlines()]
    lines = "\n".join(line for line in shown if line.strip() and fold(line) in fold(text))
    phrase = next((phrase for phrase in phrases if phrase in lines and phrase in html), None)
    if phrase is None:
        return None
    cut = phrase.rfind(" ") if " " in phrase else len(phrase) // 2
    edited = f"{phrase[:cut]} {_invented_word(rng)} {phrase[cut:].lstrip()}"
    escaped = json.dumps(phrase)[1:-1]
    return html.replace(phrase, edited).replace(escaped, json.dumps(edited)[1:-1])


def headline(rng: random.Random) -> str:
    """An invented one, of six words or more."""
    numbered = f"{rng.randrange(20, 90)} say {_invented_word(rng)}"
    return f"{rng.choice(_SUBJECTS)} {rng.choice(_VERBS)} {rng.choice(_OBJECTS)}, {numbered}"


def _invented_word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=8))


def paragraphs_of(tree: LexborHTMLParser, story: Collection[str]) -> list[LexborNode]:
    """The innermost elements whose whole text is one of the story's paragraphs."""
    paragraphs = []
    for node in tree.css("body p, body li, body div, body span, body blockquote"):
        text = node.text()
        if len(text) < 5_000 and fold(text) in story and len(text.split()) > _SHORT:
            paragraphs.append(node)
    return paragraphs


def _holder(paragraphs: Sequence[LexborNode]) -> LexborNode | None:
    """The innermost element that holds all of them."""
    lines = [list(_above(node)) for node in paragraphs]
    if not lines:
        return None
    shared = set.intersection(*({node.mem_id for node in line} for line in lines))
    return next((node for node in lines[0] if node.mem_id in shared), None)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None and above.tag not in ("html", "-undef"):
        yield above
        above = above.parent


def _change_links(
    tree: LexborHTMLParser, holder: LexborNode | None, known: str, rng: random.Random
) -> None:
    inside = {link.mem_id for link in holder.css("a")} if holder else set()
    grown: set[int] = set()
    for link in tree.css("body a"):
        text = fold(link.text())
        is_byline = "author" in (link.attributes.get("rel") or "")
        if len(text.split()) < _SHORT or text in known or link.mem_id in inside or is_byline:
            continue
        if any(node.tag in ("h1", "p") for node in _above(link)):
            continue
        _set_text(link, headline(rng))
        _grow_list(link, grown, rng)


def _set_text(link: LexborNode, text: str) -> None:
    """Puts the text in the place of the longest text in an element."""
    longest = max(_texts_in(link), key=lambda node: len(node.text_content or ""))
    longest.replace_with(text)


def _texts_in(node: LexborNode) -> list[LexborNode]:
    return [inner for inner in node.traverse(include_text=True) if inner.tag == "-text"]


def _grow_list(link: LexborNode, grown: set[int], rng: random.Random) -> None:
    """Doubles the first list item that holds a link, once for each list."""
    item = next((node for node in _above(link) if node.tag == "li"), None)
    if item is None or item.parent is None or item.parent.mem_id in grown:
        return
    grown.add(item.parent.mem_id)
    copy = item.clone()
    for inner in copy.css("a"):
        if len(inner.text().split()) >= _SHORT:
            _set_text(inner, headline(rng))
    item.insert_before(copy)


def _change_numbers(tree: LexborHTMLParser, known: str, rng: random.Random) -> None:
    body = tree.body
    for node in _texts_in(body) if body else []:
        text = node.text_content or ""
        if not any(map(str.isdigit, text)) or len(text) > 200 or _hidden(node):
            continue
        changed = _AGO.sub(lambda age: str(int(age[0]) % 50 + rng.randrange(2, 9)), text)
        if _COUNT.match(text.strip()) and _is_count(node):
            changed = _COUNT.sub(str(rng.randrange(3, 900)), text.strip())
        if changed != text and fold(text) not in known:
            node.replace_with(changed)


def _hidden(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag in ("script", "style", "noscript")


def _is_count(node: LexborNode) -> bool:
    near = [node.text_content or ""]
    for above in list(_above(node))[:2]:
        near += [value or "" for value in above.attributes.values()]
    return any(map(_COUNTED.search, near))


def _insert_adverts(paragraphs: Sequence[LexborNode]) -> None:
    for node in paragraphs[len(paragraphs) // 3 :: 4]:
        if node.tag == "p":
            advert = '<div class="ad-slot ad-slot--inline"><span>Advertisement</span></div>'
            node.insert_after(_element(advert, "div"))


def _insert_lists(tree: LexborHTMLParser, holder: LexborNode | None, rng: random.Random) -> None:
    body = tree.body
    if body is None:
        return
    notice = f'<div class="breaking-banner" role="alert"><a href="/live">{headline(rng)}</a></div>'
    if body.first_child is not None:
        body.first_child.insert_before(_element(notice, "div"))
    most_read = _element(f'<aside class="most-read">{_stories(rng, "Most read")}</aside>', "aside")
    if holder is None or holder.tag in ("body", "td", "font", "center"):
        body.insert_child(most_read)
        return
    box = (
        '<div class="newsletter-signup"><p>Sign up for our morning newsletter and read what the '
        f"harbour reads: {_invented_word(rng)}.</p><form><button>Sign up</button></form></div>"
    )
    related = f'<section class="related-stories">{_stories(rng, "More on this")}</section>'
    holder.insert_after(_element(related, "section"))
    holder.insert_after(_element(box, "div"))
    body.insert_child(most_read)


def _stories(rng: random.Random, heading: str) -> str:
    items = "".join(
        f'<li><a href="/{_invented_word(rng)}"><h3>{headline(rng)}</h3></a><p class="teaser">'
        f"{headline(rng)}, and what the council wants to do about it before the spring.</p>"
        f"<time>{rng.randrange(2, 20)} hours ago</time></li>"
        for _ in range(5)
    )
    return f"<h2>{heading}</h2><ul>{items}</ul>"


def _element(html: str, tag: str) -> LexborNode:
    node = LexborHTMLParser(html).css_first(tag)
    assert node is not None
    return node


def _renamed_classes(html: str, rng: random.Random) -> str:
    """Each name made by a build gives way to another of its length, the same everywhere."""
    names: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return names.setdefault(match[0], "".join(rng.choices(string.ascii_lowercase, k=7)) + "4")

    def in_tag(match: re.Match[str]) -> str:
        return match[1] + _HASH.sub(renamed, match[2]) + match[3]

    return re.sub(r'(<[a-z][^<>]*?\sclass=")([^"]*)(")', in_tag, html)
