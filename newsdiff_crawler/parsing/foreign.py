"""Which pieces of a story's container are the story's, by signs of foreignness: for every parser.

Depth is no sign: a letter or a document in a box is text. Signs are what a box is (``<aside>``),
how it is named, what stands in it (a form, a player, links, a linked headline), what is written
over it ("Most read"); and of a single block, that it is but a link to another story, or an offer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing import appeals, boilerplate, promotions
from newsdiff_crawler.parsing.blocks import ID, Box, Piece
from newsdiff_crawler.parsing.boilerplate_text import is_boilerplate_text, is_month
from newsdiff_crawler.parsing.notices import LONGEST, is_notice
from newsdiff_crawler.parsing.words import (
    STOPS,
    ends_as_question,
    ends_as_sentence,
    without_closing,
)

# A box with this share of a container's text is no "promo", whatever its name or make.
_SMALL = 0.4
_MOST = 0.9  # nor is one with this share a list of comments
_PROSE = 80  # characters of a text that is prose if it is not linked and ends as a sentence
_SHORTEST = 25  # characters of a paragraph that stands in no element made for it
_FEW = 250  # characters of prose that a box may hold beside a form, a player or its links
_MUCH = 600  # characters of prose that no promo has
_LABEL = 70  # characters of what may stand beside boilerplate as its label
_LINKED = 0.6  # a box of whose text this share is links is a box of links
_BUTTON = 35  # characters of a link that leads on
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NO_CARDS = frozenset({"blockquote", "details", "dl", "ol", "table", "ul"})
_LONGEST_LINKS = 200
_LISTS = frozenset({"dl", "ol", "table", "ul"})
_LONGEST_BOX = 900  # characters of a box that is told by the words over it
_MOST_ANSWERS = 10
_COUNTER = re.compile(r"\d{1,3}\s?/\s?\d{1,3}(?!\s?/|\d)(?=\D|$)")
_POSTED = re.compile(r"[—–-]\s?.{2,60}\(@\w+\)|pic\.twitter\.com/|on Instagram$")
_MOST_OF_SLIDE = 4
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_QUOTES = "“”„«»‹›\"'‘’ "
_ANSWER = re.compile(
    r"(?:yes|no|ja|nein|oui|non|sí|si|sim|não|nee|nej|да|нет|evet|hayır|tak|nie|don.?t know|unsure"
    r"|undecided|weiß nicht|egal|no sé|sans opinion|vet ej)\b.{0,25}"
    r"|\D{1,60}\d{1,3}(?:[.,]\d+)?\s?%\W*",
    re.IGNORECASE,
)


def judge(pieces: Sequence[Piece], loose: bool = False) -> list[Piece]:
    """The pieces that are the story's. ``loose``: also text that stands in no element made for it,
    however short."""
    return _Judge(pieces, loose).story()


def is_foreign_text(text: str, links: Sequence[str] = ()) -> bool:
    """Whether a text leads to another story, or speaks to readers of the newspaper's own affairs.
    ``links``: the texts of the links in it."""
    return promotions.is_promotion(text, links) or appeals.is_appeal(text, links)


class _Judge:
    """The pieces of one story."""

    def __init__(self, pieces: Sequence[Piece], loose: bool) -> None:
        self.pieces = list(pieces)
        self.boxes = list(_boxes(pieces))
        self.whole = sum(_length(piece) for piece in pieces if not piece.box.dropped) or 1
        self.loose = loose
        # Each is asked of every box around a piece: characters of prose, and what the boxes are.
        self.prose = {id(piece): _is_prose(piece) * _length(piece) for piece in self.pieces}
        self.figures = self._within(lambda box: box.tag == "figure")
        self.pulled = self._within(lambda box: boilerplate.is_pull_quote(box.names))
        self.before_end = self._before_the_end()
        headed = [box for box in self.boxes if _is_headed_article(box)]
        is_little = sum(box.length for box in headed) < _SMALL * self.whole
        self.teasers = set(map(id, headed)) if is_little else set[int]()
        self.slides = self._slides_beside_a_story()
        # Of boxes of the same name: one may be a small part, and all of them the story.
        self.shares: Counter[str] = Counter()
        for box in self.boxes:
            self.shares[_kind(box.names)] += box.length
        # Some systems name every box so: "widget".
        self.words: Counter[str] = Counter()
        for box in self.boxes:
            word = boilerplate.rare_word(box.names)
            is_within = box.above is not None and boilerplate.rare_word(box.above.names) == word
            self.words[word] += box.length if word and not is_within else 0

    def story(self) -> list[Piece]:
        self._mark_blocks()
        self._mark_polls()
        for box in reversed(self.boxes):
            is_foreign = self._is_foreign(box)
            if is_foreign:
                _mark(box.pieces)
            is_field = box.controls and box.length <= _LABEL
            if box.above and (is_field or box.tag == "form" or not is_foreign):
                box.above.hold(box)
        self._mark_headings()
        for box in reversed(self.boxes):
            self._mark_leftovers(box)
        if not self.loose:
            self._mark_loose()
        self._mark_times()
        self._mark_repeated_quotes()
        self._keep_notices()
        return [piece for piece in self.pieces if not piece.foreign]

    def _within(self, is_such: Callable[[Box], bool]) -> set[int]:
        """By ``id``, the boxes that are such, and those in them."""
        found = {id(box) for box in self.boxes if is_such(box)}
        for box in self.boxes if found else ():  # mostly none
            if id(box.above) in found:
                found.add(id(box))
        return found

    def _slides_beside_a_story(self) -> set[int]:
        """By ``id``, the slides of a gallery, where it is not the story itself."""
        slides = [box for box in self.boxes if _is_slide(box)]
        shown = {id(piece) for box in slides for piece in box.pieces}
        told = sum(prose for id_, prose in self.prose.items() if id_ not in shown)
        return set(map(id, slides)) if told >= _MUCH else set()

    def _mark_blocks(self) -> None:
        shares: Counter[str] = Counter()
        for piece in self.pieces:
            shares[piece.names] += _length(piece)
        for piece in self.pieces:
            named = piece.names and shares[piece.names] < _SMALL * self.whole
            piece.foreign = (
                piece.box.dropped
                or (piece.plain and not ends_as_sentence(piece.text))
                or _is_foreign_text(piece)
                or (
                    not piece.own
                    and (
                        (named and piece.kind != "caption" and self._is_named(piece))
                        or (piece.in_link and piece.tag != "" and piece.kind != "caption")
                        or _is_link_item(piece)
                        or self._is_in_figure(piece)
                    )
                )
            )

    def _is_named(self, piece: Piece) -> bool:
        is_bare = not self.prose[id(piece)] or bool(piece.links)
        weakly = is_bare and boilerplate.is_weakly_boilerplate(piece.names)
        return weakly or boilerplate.is_boilerplate(piece.names)

    def _is_foreign(self, box: Box) -> bool:
        """Whether all that stands in a box is another's."""
        if box.dropped:
            return True
        if box.above is None or box.above.above is None or box.own:
            return False
        heading = next((p.text for p in box.pieces if p.kind == "subheading"), "")
        names = boilerplate.without_slug(box.names, heading)
        if boilerplate.is_never_story(names) and box.length < _MOST * self.whole:
            return True
        if box.headlines and box.length < _MOST * self.whole and self._is_another_story(box):
            return True
        if id(box) in self.teasers or id(box) in self.slides:
            return True
        if box.length >= _SMALL * self.whole:
            return False
        if box.tag in boilerplate.FOREIGN_TAGS or box.role in boilerplate.FOREIGN_ROLES:
            return True
        prose = sum(self.prose[id(piece)] for piece in box.pieces)
        share = max(self.shares[_kind(box.names)], self.words[boilerplate.rare_word(names)])
        is_rare = share < _SMALL * self.whole and prose < _MUCH
        if is_rare and boilerplate.is_boilerplate(names) and not boilerplate.is_caption(names):
            return True
        is_bare = not prose or box.linked or box.controls or box.players
        if is_rare and is_bare and boilerplate.is_weakly_boilerplate(names):
            return True
        if box.players and prose <= _FEW:
            return True
        if box.tag == "figure" and any(piece.kind == "caption" for piece in box.pieces):
            return False
        if prose <= _FEW and (box.controls or boilerplate.is_barely_story(names)):
            return True
        return _is_foreign_by_text(box, prose, is_rare)

    def _is_another_story(self, box: Box) -> bool:
        """Whether a box with a headline is an article, or stands at the end and has a text in a box
        of its own below that headline."""
        if box.tag == "article":
            return True
        first = box.pieces[0]
        if not first.box.headlines or not self.before_end.isdisjoint(map(id, box.pieces)):
            return False
        beside = any(piece.box is first.box and piece.tag == "p" for piece in box.pieces)
        return not beside and any(map(_is_prose, box.pieces))

    def _before_the_end(self) -> set[int]:
        """By ``id``, the pieces up to the last that reads like a paragraph and stands under no
        headline within the story."""
        headed = self._within(
            lambda box: bool(box.headlines and box.above is not None and box.above.above)
        )
        own = [
            at
            for at, piece in enumerate(self.pieces)
            if self.prose[id(piece)] and id(piece.box) not in headed
        ]
        return set(map(id, self.pieces[: own[-1]])) if own else set()

    def _mark_polls(self) -> None:
        """Questions with what can be answered, or was."""
        for at, question in enumerate(self.pieces, 1):
            if ends_as_question(question.text):
                answers = list(takewhile(_is_answer, self.pieces[at : at + _MOST_ANSWERS]))
                _mark([question, *answers] if len(answers) > 1 else [])

    def _mark_headings(self) -> None:
        """Headings of lists of links: directly before a list that is foreign as a whole, or named
        as one before anything foreign."""
        for at, (heading, item) in enumerate(pairwise(self.pieces), 1):
            if heading.foreign or not item.foreign:
                continue
            after = self.pieces[at : at + 2]
            are_links = len(after) > 1 and all(map(_is_only_links, after))
            boxes = (after[-1].box, after[-1].box.above if heading.tag in _HEADINGS else None)
            if heading.kind == "subheading" and are_links and heading.box in boxes:
                _mark([heading])
            leads = heading.text.endswith(":") and len(heading.text) <= _LABEL
            if (item.links and promotions.is_label(heading.text)) or (
                leads and heading.box is item.box and _is_only_links(item)
            ):
                _mark([heading])
            if item.box.above is not heading.box:
                continue
            listed = item.box.pieces
            is_list = item.box.tag in ("ul", "ol") and listed[0] is item
            if is_list and all(piece.foreign for piece in listed) and _is_heading(heading):
                _mark([heading])

    def _mark_leftovers(self, box: Box) -> None:
        """What is left of a box whose links, forms and lists are foreign: its label, a time."""
        if box.above is None or box.above.above is None or box.own or box.tag == "figure":
            return
        if box.tag == "blockquote" and not (box.linked or boilerplate.is_boilerplate(box.names)):
            return  # who is quoted stands under a quotation
        left = [piece for piece in box.pieces if not piece.foreign]
        if not left or len(left) == len(box.pieces) or len(box.pieces) < 2:
            return
        length = sum(map(_length, left))
        is_little = 2 * length < box.length and box.tag not in ("ul", "ol")
        are_labels = all(len(p.text) <= _LABEL and not _is_prose(p) for p in left)
        if (is_little and are_labels) or all(p.kind == "subheading" for p in left):
            _mark(left)

    def _mark_loose(self) -> None:
        """Text that stands in no element made for it, unless it reads like a paragraph and stands
        beside some."""
        made = (piece for piece in self.pieces if not piece.loose and piece.kind == "paragraph")
        beside = Counter(id(piece.box) for piece in made)
        dates = list(_entry_dates([piece for piece in self.pieces if not piece.foreign]))
        heads = set(map(id, dates)) if len(dates) > 1 else set[int]()
        for piece in self.pieces:
            is_cell = piece.box.tag == "table" and len(piece.text) > _SHORTEST
            is_beside = beside[id(piece.box)] > 1 or _is_line(piece.box, beside)
            is_heading = piece.strong and beside[id(piece.box)] > 1 and not piece.links
            is_text = is_cell or id(piece) in heads or (is_beside and _is_sentence(piece))
            is_text = is_text or is_heading
            piece.foreign = piece.foreign or (piece.loose and not is_text)

    def _mark_times(self) -> None:
        """Times, counts and datelines; but the dates that head the entries of a chronology stay."""
        story = [piece for piece in self.pieces if not piece.foreign]
        dates = list(_entry_dates(story))
        kept = set(map(id, dates)) if len(dates) > 1 or (dates and dates[0].strong) else set()
        for piece in story:
            piece.foreign = id(piece) not in kept and is_boilerplate_text(piece.block)

    def _mark_repeated_quotes(self) -> None:
        """Pull quotes whose words the text has too."""
        quotes = [piece for piece in self.pieces if not piece.foreign and self._is_pulled(piece)][
            :50
        ]
        if not quotes:
            return
        said = "\n".join(
            p.text
            for p in self.pieces
            if not p.foreign and p not in quotes and p.kind == "paragraph"
        )
        _mark(quote for quote in quotes if quote.text.strip(_QUOTES) in said)

    def _is_in_figure(self, piece: Piece) -> bool:
        """Whether a text stands in a figure and is neither caption nor quotation nor table."""
        may_be = piece.kind == "paragraph" and piece.tag != "tr"
        return may_be and id(piece.box) in self.figures

    def _is_pulled(self, piece: Piece) -> bool:
        named = boilerplate.is_pull_quote(piece.names)
        return piece.kind == "quote" or named or id(piece.box) in self.pulled

    def _keep_notices(self) -> None:
        """Corrections, wherever they stand, and what follows the heading of one in its box."""
        for piece in self.pieces:
            if not piece.foreign or not is_notice(piece) or is_boilerplate_text(piece.block):
                continue
            if not piece.in_link and 2 * sum(map(len, piece.links)) <= len(piece.text):
                piece.foreign = False
                if piece.kind == "subheading" or len(piece.text) < _LABEL:
                    _keep_with(piece)


def _is_answer(piece: Piece) -> bool:
    """Whether a list item, or a text that stands in no element made for it, is a poll's."""
    may_be = piece.kind == "list_item" or piece.loose
    return may_be and _ANSWER.fullmatch(piece.text) is not None


def _is_slide(box: Box) -> bool:
    """Whether a box is headed "3/30", as the slides of a gallery are, or a list of such."""
    if box.pieces[0].kind != "subheading" or not _COUNTER.match(box.pieces[0].text):
        return False
    return box.tag in ("ul", "ol") or len(box.pieces) <= _MOST_OF_SLIDE


def _is_headed_article(box: Box) -> bool:
    """Whether a box within the story is an article with a heading of its own."""
    is_within = box.above is not None and box.above.above is not None
    return box.tag == "article" and is_within and box.pieces[0].kind == "subheading"


def _is_foreign_by_text(box: Box, prose: int, is_rare: bool) -> bool:
    """By what is written over it, by a linked headline, by its links, by its words. ``prose``:
    characters; ``is_rare``: boxes of the name are a small part of the story."""
    first, several = box.pieces[0], len(box.pieces) > 1
    if box.tag == "blockquote" and any(_POSTED.search(piece.text) for piece in box.pieces):
        return True
    if box.tag not in ("ul", "ol") and several and promotions.is_label(first.text):
        return box.length <= _LONGEST_BOX
    if several and box.linked and prose <= _FEW and promotions.is_weak_label(first.text):
        return True
    is_one_of_few = is_rare or not _has_name(box)  # a guide to products is made of such boxes
    may_lead_on = several and prose <= _FEW and is_one_of_few
    if may_lead_on and (any(map(_is_call, box.pieces)) or _ends_in_button(box)):
        return True
    if (prose <= _FEW and _is_card(box)) or (several and all(map(_is_teaser, box.pieces))):
        return True
    if is_rare and prose <= _FEW and (_is_of_author(box) or _is_paid(box)):
        return True
    if is_rare and prose <= _FEW and box.tag not in _LISTS and _is_offer(box):
        return True
    most_prose = _LABEL if first.kind == "subheading" else 0  # a note under a list
    return box.linked > _LINKED * box.length and len(box.pieces) > 2 and prose <= most_prose


def _entry_dates(story: Sequence[Piece]) -> Iterator[Piece]:
    """Dates that stand alone in a line, after the story's beginning, and head a text."""
    prose = False
    for piece, after in pairwise(story):
        is_within = after.box in (piece.box, piece.box.above)
        if prose and is_within and _is_date(piece) and not _is_date(after):
            yield piece
        prose = prose or _is_prose(piece)


def _is_date(piece: Piece) -> bool:
    text = piece.text
    return is_month(text) or (
        len(text) < _LABEL
        and any(map(str.isdigit, text))
        and is_boilerplate_text(Block("paragraph", text))
        and not is_boilerplate_text(Block("subheading", text))
    )


def _keep_with(heading: Piece) -> None:
    """The notice under a heading; they are one text where the heading only opens it."""
    rest = heading.box.pieces[heading.box.pieces.index(heading) + 1 :]
    if sum(map(_length, rest)) > LONGEST:
        return
    for piece in rest:
        piece.foreign = piece.foreign and not _is_prose(piece)
    if rest and heading.loose and heading.text.endswith(":"):
        rest[0].text = f"{heading.text} {rest[0].text}"
        heading.foreign = True


def _is_only_links(piece: Piece) -> bool:
    is_paragraph = piece.foreign and piece.kind == "paragraph"
    return is_paragraph and promotions.is_link(piece.text, piece.links)


def _is_call(piece: Piece) -> bool:
    """Whether a text is a link that looks like a button: "Sign up"."""
    return _is_link(piece) and appeals.is_call(piece.text)


def _is_link(piece: Piece) -> bool:
    return piece.in_link or [piece.text] == piece.links


def _ends_in_button(box: Box) -> bool:
    """Whether a short link that stands in no text is the last of a box of texts, or several."""
    last = box.pieces[-1]
    if last.kind != "paragraph" or last.box.tag in _NO_CARDS:
        return False
    if appeals.ends_in_link(last.text, last.links):
        return True
    if last.loose and last.links and 2 * sum(map(len, last.links)) >= len(last.text):
        return last.text.endswith(last.links[-1]) and max(map(len, last.links)) <= _BUTTON
    return _is_link(last) and len(last.text) <= _BUTTON and not last.text.endswith(STOPS)


def _is_foreign_text(piece: Piece) -> bool:
    """Whether a text's own words and links say so. Quotations and headings appeal seldom, and rows
    of tables never."""
    if promotions.is_promotion(piece.text, [] if _is_of_data(piece) else piece.links):
        return True
    if piece.tag == "tr":
        return False
    if piece.kind == "caption" and promotions.is_film_label(piece.text):
        return True
    if piece.kind in ("quote", "subheading"):
        return appeals.is_invitation(piece.text, piece.links)
    if _is_glued_teaser(piece) or _ends_in_headline(piece):
        return True
    return appeals.is_appeal(piece.text, piece.links)


def _ends_in_headline(piece: Piece) -> bool:
    """Whether a paragraph ends in a headline with a link: it is most of it, and no full stop
    follows."""
    if piece.kind != "paragraph" or not piece.links or ends_as_sentence(piece.text):
        return False
    linked, longest = sum(map(len, piece.links)), max(piece.links, key=len)
    is_headline = len(longest) >= _SHORTEST and "//" not in longest
    ends = without_closing(piece.text).endswith(without_closing(piece.links[-1]))
    return is_headline and ends and linked <= _LONGEST_LINKS and 2 * linked >= len(piece.text)


def _has_name(box: Box) -> bool:
    return bool(box.names.strip(f" {ID}"))


def _is_of_author(box: Box) -> bool:
    """Whether a box is stated to be of a person, and leads to more of them. Whom the story is of
    has a heading, or no link."""
    return box.of_person and box.linked > 0 and all(p.kind != "subheading" for p in box.pieces)


def _is_paid(box: Box) -> bool:
    """Whether a box has links that are paid for, in no sentence: the card of a product."""
    if not box.paid or box.tag in _LISTS:
        return False
    return not any(piece.links and ends_as_sentence(piece.text) for piece in box.pieces)


def _is_offer(box: Box) -> bool:
    leads_on = box.linked or any("@" in piece.text for piece in box.pieces)
    is_table = any(piece.tag == "tr" for piece in box.pieces)
    if not leads_on or is_table or box.length > _LONGEST_BOX:
        return False
    return appeals.is_offer([(piece.text, piece.links) for piece in box.pieces])


def _is_card(box: Box) -> bool:
    """Whether a box begins with a linked headline: what follows is that story's summary; or with a
    linked name, and who that is."""
    may_be_of_person = _has_name(box) or box.pieces[0].tag != "p"
    if may_be_of_person and _is_of_person(box.pieces):
        return True
    for piece in box.pieces[:3]:
        is_link = piece.in_link or (
            bool(piece.links) and promotions.is_link(piece.text, piece.links)
        )
        if piece.kind == "subheading":
            return is_link
        if is_link and piece.kind == "paragraph" and len(piece.text) >= _SHORTEST:
            return len(box.pieces) > 1
        if _is_prose(piece):
            return False
    return False


def _is_of_person(pieces: Sequence[Piece]) -> bool:
    """Whether a text that begins with a name stands under this name with a link."""
    if len(pieces) < 2 or not _is_link(pieces[0]):
        return False
    name, about = pieces[0].text, pieces[1].text
    return " " in name and len(name) <= _BUTTON and about.startswith(f"{name} ")


def _is_teaser(piece: Piece) -> bool:
    """Whether a text is a headline with a link and what that story says, with nothing between
    them."""
    headline = _headline_of(piece)
    rest = piece.text[len(headline) :].lstrip()
    return bool(headline) and len(rest) >= _SHORTEST and rest[:1].isupper()


def _is_glued_teaser(piece: Piece) -> bool:
    """Whether not even a space is between them: they stand in boxes of their own."""
    return _is_teaser(piece) and piece.text[len(_headline_of(piece))].isupper()


def _headline_of(piece: Piece) -> str:
    """The headline with a link that a text begins with; ``""`` for none."""
    link = piece.links[0] if piece.links and piece.kind in ("list_item", "paragraph") else ""
    is_headline = len(link) >= _SHORTEST and not ends_as_sentence(link)
    return link if is_headline and piece.text.startswith(link) else ""


def _is_link_item(piece: Piece) -> bool:
    """Whether a list item is a link, and beside it no more than a number or a time."""
    if piece.kind != "list_item" or not piece.links:
        return False
    unlinked = piece.text
    for link in piece.links:
        unlinked = unlinked.replace(link, " ", 1)
    unlinked = unlinked.strip(" ·|,–—-:")
    is_time = is_boilerplate_text(Block("paragraph", unlinked))
    return not any(map(str.isalpha, unlinked)) or (len(unlinked) < len(piece.text) / 2 and is_time)


def _is_of_data(piece: Piece) -> bool:
    """Whether a row of a table has more than links, and those are too short for headlines."""
    linked = sum(map(len, piece.links))
    are_short = all(len(link) < _SHORTEST for link in piece.links)
    return piece.tag == "tr" and are_short and linked + piece.text.count(" ") < len(piece.text)


def _is_heading(piece: Piece) -> bool:
    return piece.kind == "subheading" or (
        len(piece.text) <= _LABEL
        and (
            piece.strong
            or not ends_as_sentence(piece.text)
            or piece.text.endswith(":")
            or promotions.is_label(piece.text)
        )
    )


def _is_line(box: Box, beside: Mapping[int, int]) -> bool:
    """Whether a box holds one text of its own, stands beside paragraphs, and has no name; or what
    a question shows and hides."""
    is_answer = box.tag == "details" and not box.pieces[0].loose
    is_beside = box.above is not None and beside.get(id(box.above), 0) > 1
    is_named = box.role or _has_name(box)
    is_plain = not is_named and (box.tag in ("div", "section", "center") or "-" in box.tag)
    return is_answer or (is_beside and is_plain and len(box.pieces) == 1)


def _is_sentence(piece: Piece) -> bool:
    ends = ends_as_sentence(piece.text) and not piece.text.endswith(":")
    return ends and len(piece.text) > _SHORTEST and not piece.in_link


def _is_prose(piece: Piece) -> bool:
    """Whether a piece reads like a paragraph and is no mere link to another story."""
    text = piece.text
    if piece.in_link or piece.kind in ("caption", "subheading"):
        return False
    if len(text) < _PROSE and not (len(text) > 20 and ends_as_sentence(text)):
        return False
    return not promotions.is_link(text, piece.links)


def _boxes(pieces: Iterable[Piece]) -> Iterator[Box]:
    """The boxes that hold some, those that hold others before them."""
    seen: set[int] = set()
    for piece in pieces:
        for box in reversed(list(piece.box.line())) if id(piece.box) not in seen else ():
            if id(box) not in seen:
                seen.add(id(box))
                yield box


@lru_cache(4096)  # the boxes of a page share few names
def _kind(names: str) -> str:
    """The class of a box, or its id if it has none, without numbers."""
    own, _, id_ = names.partition(ID)
    return (own.strip() or id_).translate(_NO_DIGITS)


def _mark(pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        piece.foreign = piece.foreign or not piece.own


def _length(piece: Piece) -> int:
    return len(piece.text)
