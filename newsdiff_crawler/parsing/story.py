"""Finds the story on a page of no known layout: the element that holds it, and what in it is
boilerplate.

Text in paragraphs, list items and innermost boxes counts by its length; links count against it.
Each such text adds to the score of the elements above it, more to the nearer ones. Boilerplate
adds nothing. The element with the highest score holds the story. Class names only change scores:
a page without any is read as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from selectolax.lexbor import LexborNode

from newsdiff_crawler.parsing import boilerplate
from newsdiff_crawler.parsing.boilerplate import is_caption
from newsdiff_crawler.parsing.inline import is_in_sentence
from newsdiff_crawler.parsing.page import Page

_NESTED = "div, p, ul, ol, table, section, article, br, script, style, form"
_TEXT_ELEMENTS = (
    "body p, body li:not(:has(p)), body br,"
    f" body div:not(:has({_NESTED})), body td:not(:has({_NESTED})), section:not(:has({_NESTED}))"
)
_MAYBE_CAPTIONS = ", ".join(
    f"[class*={part}]" for part in ("aption", "edia", "mage", "hoto", "pic", "legend", "cutline")
)
_WITHIN_LINES = frozenset({"-text", "b", "em", "font", "i", "span", "strong"})
_LINKED_HEADINGS = frozenset({"a", "h2", "h3", "h4"})
_CARDS_ABOVE = 4  # elements
_MANY_CARDS = 3  # without headings
_LONGEST_CARD = 600  # characters
_FAR_MORE = 1.8  # times the text of an element that holds a part of the story only
_READ_AGAIN = 10
_DEEPEST = 100  # elements above a text; real pages have fifty
_LINKED = 0.7  # a list of which this share is links is a list of links
_SHORTEST = 25  # characters of a text that counts
_SENTENCE = 80  # characters; a shorter text in a box must end in a full stop to count in full
_BOXED = 0.7  # what text in a box counts, where in a paragraph it counts 1
_STOPS = ".!?”\"'。…"
_FADING = 0.75  # what is left of a weight one element further up
_NAMED = 1.4  # factor for an element that is named as a story's text
# An element with this share of the page's or story's text is no "promo", whatever its name.
_SMALL = 0.4
_TWIN = 80  # least weight of an element that may continue the story of its twin
_ARTICLE = 500  # characters of an article that is the whole story
_MOST = 0.9  # the share of a page that is a story in whatever element
_MOST_OTHERS = 20
_BEHIND_WALL = re.compile(r"paywall|metered|regwall", re.IGNORECASE)
_OWN = 200  # characters of a story that may have others beside it
_MOST_TWINS = 200
_COPY = 120  # characters that make a copy, if they are alike
_AS_LONG = 0.9
_TWINS_ABOVE = 6
_TWINS_SHARE = 0.7


class Texts:
    """Texts of elements, normalised. Reads `_READ_AGAIN` times the page at most, then gives ``""``:
    what is nested a thousand deep would be read a thousand times."""

    def __init__(self, page: Page) -> None:
        self._left = _READ_AGAIN * len(page.html)

    def of(self, node: LexborNode) -> str:
        text = node.text() if self._left > 0 else ""
        self._left -= len(text)
        return " ".join(text.split())


@dataclass
class TextGroup:
    """Texts that stand in the same elements. ``weight``: their characters, less those of links;
    ``marked_up``: of those in paragraphs and list items. ``above``: the elements, from the
    innermost, and ``ids`` their ``mem_id``."""

    above: list[LexborNode]
    ids: list[int]
    weight: float = 0.0
    marked_up: float = 0.0


@dataclass
class StoryRegion:
    """Where the story is. ``container`` holds all of it; ``dropped`` and ``captions`` are the
    ``mem_id`` of elements in it. ``weight``: about the number of its characters. ``loose``: most
    of its text is in no paragraph."""

    container: LexborNode
    weight: float
    loose: bool
    dropped: set[int] = field(default_factory=set)
    captions: set[int] = field(default_factory=set)


def find_story(page: Page, headline: LexborNode | None) -> StoryRegion | None:
    """The story of a page, or None if there is no text. ``headline`` is its ``<h1>``."""
    return _StoryFinder(page, headline).story()


class _StoryFinder:
    """The texts of one page, and the elements above them."""

    def __init__(self, page: Page, headline: LexborNode | None) -> None:
        self.headline = headline
        self._safe = {node.mem_id for node in _above(headline)} if headline else set()
        barred = page.all(boilerplate.ELEMENTS)
        self.barred = {node.mem_id for node in barred} - self._safe
        groups = _text_groups(page)
        everywhere = _weights(groups)
        cards = _cards([node for node in barred if node.tag in _LINKED_HEADINGS])
        self.barred |= {
            id_ for id_ in cards - self._safe if everywhere.get(id_, 0.0) < _LONGEST_CARD
        }
        most = max(_ARTICLE, _MOST * max(everywhere.values(), default=0.0))
        self.barred -= {id_ for id_ in self.barred if everywhere.get(id_, 0.0) > most}
        self.barred |= _other_stories(page, headline, self._safe)
        self.nodes = {
            id_: node for group in groups for id_, node in zip(group.ids, group.above, strict=True)
        }
        self.names = {id_: boilerplate.names_of(node) for id_, node in self.nodes.items()}
        never = {id_ for id_ in self.nodes if self._is_never_story(id_)}
        self.groups = [group for group in groups if never.isdisjoint(group.ids)]
        self.weights = _weights(self.groups)
        self.copies: set[int] = set()  # of the story, for other widths of screen

    def _is_never_story(self, id_: int) -> bool:
        tag = self.nodes[id_].tag
        if id_ in self._safe or tag in ("body", "main"):
            return False
        if id_ in self.barred:
            return True
        names = self.names[id_]
        return tag != "article" and (boilerplate.is_never_story(names) or is_caption(names))

    def story(self) -> StoryRegion | None:
        everything = max(self.weights.values(), default=0.0)
        # Of boxes of the same class: one may be a small part, and all of them the story.
        shares: Counter[str] = Counter()
        for id_, weight in self.weights.items():
            shares[self._class(id_)] += int(weight)
        # Some systems name every element so: "widget".
        words: Counter[str] = Counter()
        for group in self.groups:
            for word in {boilerplate.rare_word(self.names[id_]) for id_ in group.ids}:
                words[word] += int(group.weight)
        small = {
            id_
            for id_ in self.weights
            if shares[self._class(id_)] < _SMALL * everything
            and boilerplate.is_rarely_story(self.names[id_])
            and words[boilerplate.rare_word(self.names[id_])] < _SMALL * everything
        }
        self.groups = [group for group in self.groups if small.isdisjoint(group.ids)]
        self.clean = _weights(self.groups)
        self._keep_to_headline()
        scores = self._scores()
        if not scores:
            return None
        container = self.nodes[max(scores, key=lambda id_: scores[id_])]
        if container.tag == "font" and len(above := list(_above(container))) > 1:
            container = above[1]  # of paragraphs that were never closed some stand outside
        container = self._with_twins(container)
        return self._with_beginning(self._cleared(self._with_rest(container)))

    def _keep_to_headline(self) -> None:
        """A story is in the article that has its headline, however long the comments are."""
        for node in _above(self.headline):
            if node.tag == "article" and self.clean.get(node.mem_id, 0.0) >= _ARTICLE:
                self.groups = [group for group in self.groups if node.mem_id in group.ids]
                self.clean = _weights(self.groups)
                return

    def _scores(self) -> dict[int, float]:
        scores: dict[int, float] = {}
        for group in self.groups:
            weight = group.weight
            for id_ in group.ids:
                scores[id_] = scores.get(id_, 0.0) + weight
                weight *= _FADING
        for id_ in scores:
            if self._is_named(id_):
                scores[id_] *= _NAMED
        return scores

    def _is_named(self, id_: int) -> bool:
        if boilerplate.is_story(self.names[id_]):
            return True
        return self.nodes[id_].attributes.get("itemprop") == "articleBody"

    def _with_twins(self, container: LexborNode) -> LexborNode:
        """The element above that holds the twins of ``container`` too. Stories are often cut into
        boxes of the same class, with advertisements between them."""
        twins = [node for node in self.nodes.values() if self._is_twin(node, container)][
            :_MOST_TWINS
        ]
        copies = {node.mem_id for node in twins if self._is_copy(node, container)}
        if copies:  # the first one is read, whichever is longer by an advertisement
            every = copies | {container.mem_id}
            container = next(node for id_, node in self.nodes.items() if id_ in every)
            twins = [node for node in twins if node.mem_id not in every]
            around = set(map(_id, _above(container)))
            others = (self.nodes[id_] for id_ in every - around)
            within = {each.mem_id for each in others if container.mem_id in map(_id, _above(each))}
            self.copies = every - around - within
            self.groups = [group for group in self.groups if self.copies.isdisjoint(group.ids)]
            self.clean = _weights(self.groups)
        best = container
        for above in list(_above(container))[1 : 1 + _TWINS_ABOVE] if twins else []:
            if above.tag == "body" or above.mem_id not in self.clean:
                break
            inside = [twin for twin in twins if above.mem_id in map(_id, _above(twin))]
            together = sum(self.clean[twin.mem_id] for twin in (container, *inside))
            if inside and together >= _TWINS_SHARE * self.clean[above.mem_id]:
                best = above
        return best

    def _with_rest(self, container: LexborNode) -> LexborNode:
        """The element above that holds far more of the text: a story cut into sections."""
        best = container
        for above in [] if self._is_named(container.mem_id) else list(_above(container))[1:]:
            if above.tag == "body" or above.mem_id not in self.clean:
                break
            if self.clean[above.mem_id] >= _FAR_MORE * self.clean[best.mem_id]:
                best = above
        return best

    def _with_beginning(self, story: StoryRegion) -> StoryRegion:
        """With the paragraphs right before a box of what stands behind a wall: it is named so, or
        they are of the class of those in it."""
        container, above = story.container, story.container.parent
        if above is None or above.tag == "body":
            return story
        is_walled = _BEHIND_WALL.search(self.names[container.mem_id])
        classes = {_class_of(child) for child in container.iter() if child.tag == "p"} - {""}
        kept, before = {container.mem_id}, _element_before(container)
        while before is not None and before.tag == "p":
            if not (is_walled or _class_of(before) in classes):
                break
            kept.add(before.mem_id)
            before = _element_before(before)
        if len(kept) > 1:
            story.container = above
            story.dropped |= {node.mem_id for node in above.iter() if node.mem_id not in kept}
        return story

    def _is_headed_by_another(self, node: LexborNode) -> bool:
        """Whether another story's headline stands right before an element."""
        before = _element_before(node)
        is_headline = before is not None and before.tag == "h1"
        return is_headline and before is not None and before.mem_id not in self._safe

    def _is_of_another(self, node: LexborNode, of: LexborNode) -> bool:
        """Whether an element is in an article with a heading of its own, beside the article that
        has the headline and ``of``."""
        its, own = _article_of(node), _article_of(of)
        if its is None or own is None or own.mem_id not in self._safe or its.mem_id in self._safe:
            return False
        return its.css_first("h1, h2, h3") is not None

    def _class(self, id_: int) -> str:
        return self.nodes[id_].attributes.get("class") or self.names[id_]

    def _is_twin(self, node: LexborNode, of: LexborNode) -> bool:
        if self.clean.get(node.mem_id, 0.0) < _TWIN or node.tag != of.tag:  # nearly all
            return False
        if self._is_headed_by_another(node):
            return False
        mine, its = (set((each.attributes.get("class") or "").split()) for each in (node, of))
        return (
            (mine == its or (len(mine & its) > 1 and (mine <= its or its <= mine)))
            and bool(mine)
            and node.mem_id != of.mem_id
            and not self._is_of_another(node, of)
        )

    def _is_copy(self, node: LexborNode, of: LexborNode) -> bool:
        """Whether two elements begin alike, or are as long and end alike: some pages have a story
        once for each width of screen."""
        text, other = node.text().strip(), of.text().strip()
        if text[:_COPY].split() == other[:_COPY].split():
            return True
        shorter, longer = sorted((self.clean[node.mem_id], self.clean[of.mem_id]))
        return shorter >= _AS_LONG * longer and text[-_COPY:].split() == other[-_COPY:].split()

    def _cleared(self, container: LexborNode) -> StoryRegion:
        weight = self.clean[container.mem_id]
        inside = (group for group in self.groups if container.mem_id in group.ids)
        marked_up = sum(group.marked_up for group in inside)
        story = StoryRegion(container, weight, loose=marked_up < weight / 2)
        story.dropped |= self.copies
        if self.headline:
            story.dropped |= {self.headline.mem_id, *map(_id, _rubrics(self.headline))}
        for node in container.css(_MAYBE_CAPTIONS):
            names = boilerplate.names_of(node)
            is_small = self.weights.get(node.mem_id, 0.0) < _SMALL * weight
            if is_small and is_caption(names) and not is_in_sentence(node):
                story.captions.add(node.mem_id)
        return story


def _article_of(node: LexborNode) -> LexborNode | None:
    return next((each for each in _above(node) if each.tag == "article"), None)


def _cards(linked: list[LexborNode]) -> set[int]:
    """The boxes of teasers: around each heading with a link, or in one, as far as no other is in
    it. By ``mem_id``."""
    around = [[node.mem_id for node in _above(each)][1 : 1 + _CARDS_ABOVE] for each in linked]
    held = Counter(id_ for ids in around for id_ in ids)
    alone = ([id_ for id_ in ids if held[id_] == 1] for ids in around)
    return {ids[-1] for ids in alone if ids}


def _other_stories(page: Page, headline: LexborNode | None, safe: set[int]) -> set[int]:
    """The boxes of stories that were put before or after this one, by ``mem_id``: each begins with
    a headline, and has a text in a box of its own. None where this story is no text without them.
    """
    if headline is None or len(page.all("h1")) < 2:
        return set()
    others, own, is_own = list[LexborNode](), 0, False
    for node in page.all("h1, p"):
        if node.tag == "h1":
            is_own = node.mem_id == headline.mem_id
            is_other = not is_own and node.mem_id not in safe
            others += [node] if is_other and len(others) < _MOST_OTHERS else []
        elif is_own and own < _OWN:
            own += len(node.text())
    return (
        {box.mem_id for box in map(partial(_story_box, safe), others) if box}
        if (own >= _OWN)
        else set()
    )


def _story_box(safe: set[int], headline: LexborNode) -> LexborNode | None:
    """The largest box that begins with another story's headline; None for a part of this one."""
    box, is_article = headline, False
    for above in list(_above(headline))[1:]:
        if above.mem_id in safe or above.tag == "body" or _has_text_before(above, box):
            break
        box, is_article = above, is_article or above.tag == "article"
    beside = headline.parent
    is_part = beside is None or any(node.tag == "p" for node in beside.iter())
    return box if is_article or not (is_part or box is headline) else None


def _has_text_before(above: LexborNode, inner: LexborNode) -> bool:
    length = 0
    for node in above.iter():
        if node.mem_id == inner.mem_id:
            break
        length += len(node.text().strip())
    return length >= _SENTENCE


def _text_groups(page: Page) -> list[TextGroup]:
    texts = Texts(page)
    groups: dict[int, TextGroup] = {}
    seen: set[int] = set()
    summaries: list[tuple[TextGroup, float]] = []
    for match in page.all(_TEXT_ELEMENTS):
        node = match.parent if match.tag == "br" else match
        if node is None or node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        weight = _weight_of_lines(node) if match.tag == "br" else _weight(node, texts)
        is_marked_up = node.tag in ("p", "li")
        inner = node.parent if is_marked_up else node
        if weight > 0 and inner is not None:
            group = groups.get(inner.mem_id) or _group(inner)
            groups[inner.mem_id] = group
            group.weight += weight
            group.marked_up += weight * is_marked_up
            if node.tag in ("p", "div") and _is_summary(node, texts):
                summaries.append((group, weight))
    for group, weight in summaries if len(summaries) >= _MANY_CARDS else ():
        group.weight -= weight
        group.marked_up -= min(weight, group.marked_up)
    return list(groups.values())


def _is_summary(node: LexborNode, texts: Texts) -> bool:
    """Whether a text follows a link to its story, which is the first in its box."""
    before = _element_before(node)
    if before is None or before.tag not in ("a", "div", "p", "span") or _element_before(before):
        return False
    link = before if before.tag == "a" else before.css_first("a[href]")
    linked = texts.of(link) if link is not None else ""
    return len(linked) >= _SHORTEST and linked == texts.of(before)


def _element_before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and before.tag in ("-text", "-comment", "img", "picture", "figure"):
        before = before.prev
    return before


def _rubrics(headline: LexborNode) -> Iterator[LexborNode]:
    """The short texts right before a headline, in its box."""
    before = _element_before(headline)
    while before is not None and len(before.text().strip()) < _SHORTEST:
        yield before
        before = _element_before(before)


def _group(inner: LexborNode) -> TextGroup:
    above = list(_above(inner))
    return TextGroup(above, [node.mem_id for node in above])


def _weight(node: LexborNode, texts: Texts) -> float:
    text = texts.of(node)
    if len(text) < _SHORTEST:
        return 0.0
    only = node.first_child
    is_plain = only is not None and only.tag == "-text" and only.next is None
    links = [] if is_plain else node.css("a")  # a search costs more than all else here
    weight = float(len(text) - 2 * sum(len(texts.of(link)) for link in links))
    if node.tag == "p":
        return weight
    if node.tag == "li":
        return weight / 2
    return weight * _BOXED * (1.0 if len(text) >= _SENTENCE or text[-1] in _STOPS else 0.3)


def _weight_of_lines(node: LexborNode) -> float:
    """The weight of an element with line breaks. Only its own lines count: it may hold the page."""
    length, child = 0, node.first_child
    while child is not None:
        is_line = child.tag in _WITHIN_LINES
        length += len(child.text().strip()) if is_line else 0
        child = child.next
    return _BOXED * length if length >= _SHORTEST else 0.0


def _weights(groups: list[TextGroup]) -> dict[int, float]:
    """The weight of all text under each element, by ``mem_id``."""
    weights: dict[int, float] = {}
    for group in groups:
        for id_ in group.ids:
            weights[id_] = weights.get(id_, 0.0) + group.weight
    return weights


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    """An element and those that it is in, up to the body, `_DEEPEST` at most."""
    for _ in range(_DEEPEST):
        if node is None or node.tag in ("html", "-document"):
            return
        yield node
        node = node.parent


def _class_of(node: LexborNode) -> str:
    return node.attributes.get("class") or ""


def _id(node: LexborNode) -> int:
    return node.mem_id
