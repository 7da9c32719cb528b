"""What appears between two paragraphs of a story: boxes of the site, which no reader may take for
text, and additions of the newsroom, which each must notice.

They are in ``boxes.json``: HTML with names in it. ``<P>`` is the page's own kind of paragraph,
``LABEL`` one of the kind's headings, ``NAME`` one of its names; ``LINK``, ``HEADLINE``, ``SUMMARY``
and ``HASH`` are invented anew at each place. All are drawn from a random generator of the
caller's, so that a seed repeats them.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.extraction.changes import headline, paragraphs_of
from benchmarks.extraction.scores import fold

# Around what a box holds: nothing that says what it is, a name, an element or a role.
_NAMELESS = ("<div>{}</div>", '<div class="css-HASH"><div class="css-HASH">{}</div></div>')
_BOXED = ('<div class="NAME">{}</div>', '<section class="article-NAME-block">{}</section>')
_ASIDE = (
    "<aside>{}</aside>",
    '<div role="complementary">{}</div>',
    '<section aria-label="LABEL">{}</section>',
)
_SUMMARIES = (
    "What the council wants to do about it before the spring, and who is to pay.",
    "Residents have waited eleven years for an answer and may have to wait longer.",
    "Four charts that show how the harbour changed within one generation.",
)


@dataclass(frozen=True)
class Kind:
    """What a kind of box is named, headed and made of. ``bare``: forms that say what they are
    without a box around them."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    forms: tuple[str, ...]
    bare: tuple[str, ...]


_FORMS = json.loads(Path(__file__).with_name("boxes.json").read_text("utf-8"))
KINDS = {
    name: Kind(**{part: tuple(texts) for part, texts in kind.items()})
    for name, kind in _FORMS["boxes"].items()
}
ADDITIONS: dict[str, tuple[str, ...]] = {
    name: tuple(forms) for name, forms in _FORMS["additions"].items()
}


def insert_boxes(
    html: str, story: Collection[str], rng: random.Random, half: int = 0
) -> Iterator[tuple[str, str]]:
    """The page with one box, for each kind: its name, and the page. Nothing where the page has no
    two paragraphs side by side. ``half``: 1 or 2 for the forms that stand at odd or even places
    of their lists, 0 for all."""
    for name, kind in KINDS.items():
        form, label = rng.choice(_half(_forms(kind), half)), rng.choice(_half(kind.labels, half))
        named = form.replace("NAME", rng.choice(kind.names))
        yield from _inserted(html, story, name, named.replace("LABEL", escape(label)), rng)


def insert_additions(
    html: str, story: Collection[str], rng: random.Random, half: int = 0
) -> Iterator[tuple[str, str]]:
    """The page with one addition of the newsroom, for each kind; as `insert_boxes`."""
    for name, forms in ADDITIONS.items():
        yield from _inserted(html, story, name, rng.choice(_half(forms, half)), rng)


def _half(forms: Sequence[str], half: int) -> Sequence[str]:
    return (forms[half - 1 :: 2] if half else forms) or forms


def _forms(kind: Kind) -> list[str]:
    """A nameless box is told by what it holds, so it is one more around what says what it is."""
    boxed = [around.format(form) for form in kind.forms for around in (*_BOXED, *_ASIDE)]
    nameless = [around.format(form) for form in kind.bare or kind.forms for around in _NAMELESS]
    return [*boxed, *nameless, *kind.bare, *kind.bare]


def _inserted(
    html: str, story: Collection[str], name: str, form: str, rng: random.Random
) -> Iterator[tuple[str, str]]:
    tree = LexborHTMLParser(html)
    beside = list(_pairs(paragraphs_of(tree, {fold(text) for text in story})))
    if not beside:
        return
    before = beside[len(beside) // 2]
    filled = _filled(form, before, rng)
    holder = LexborHTMLParser(f"<body><div>{filled}</div></body>").css_first("body > div")
    assert holder is not None
    for node in reversed(list(holder.iter(include_text=False))):
        before.insert_after(node)
    yield name, tree.html or ""


def _pairs(paragraphs: Sequence[LexborNode]) -> Iterator[LexborNode]:
    """The first of any two paragraphs between which a box can stand."""
    for node in paragraphs:
        after = node.next
        while after is not None and after.tag in ("-text", "-comment"):
            after = after.next
        is_alike = after is not None and after.tag == node.tag and node.tag in ("p", "div")
        is_alike = is_alike and node.css_first("h1") is None  # a headline is no paragraph
        if (
            is_alike
            and after is not None
            and any(after.mem_id == each.mem_id for each in paragraphs)
        ):
            yield node


def _filled(form: str, beside: LexborNode, rng: random.Random) -> str:
    shell = list(_shell(beside))
    opening = "".join(f"<{node.tag}{_own_attributes(node)}>" for node in shell)
    closing = "".join(f"</{node.tag}>" for node in reversed(shell))
    form = form.replace("<P>", opening).replace("</P>", closing)
    makers: dict[str, Callable[[], str]] = {
        "LINK": lambda: f'<a href="/news/{_hash(rng)}">{headline(rng)}</a>',
        "HEADLINE": lambda: headline(rng),
        "SUMMARY": lambda: rng.choice(_SUMMARIES),
        "HASH": lambda: _hash(rng),
    }
    return re.sub("|".join(makers), lambda name: makers[name[0]](), form)


def _shell(paragraph: LexborNode) -> Iterator[LexborNode]:
    """A paragraph and the elements in it that hold all of its text."""
    node: LexborNode | None = paragraph
    while node is not None and node.tag in ("p", "div", "span"):
        yield node
        inner = [child for child in node.iter() if child.tag in ("p", "div", "span")]
        whole = [child for child in inner if child.text().strip() == node.text().strip()]
        node = whole[0] if whole else None


def _own_attributes(node: LexborNode) -> str:
    return "".join(
        f' {name}="{escape(value or "")}"'
        for name, value in node.attributes.items()
        if name == "class" or name.startswith("data-")
    )


def _hash(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase + string.digits, k=7))
