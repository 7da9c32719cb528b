"""Pairs of versions with known edits, made from real articles."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.machine import CORPUS
from newsdiff_crawler.diff.figures import may_have_figures
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, SPEECH_VERBS
from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import normalise, sentences

MANIFEST = CORPUS / "manifest.jsonl"
KINDS = {"p": "paragraph", "h": "subheading", "li": "list_item"}
NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w.,:/-])")
QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]+|^[-–—].*")
INNER_CAPITAL = re.compile(r"(?<=[\w,] )[A-ZÄÖÜÅÉ][\w’'-]+")
JOINT = re.compile(r", (and|but|und|aber|och|men|et|mais|y) (\w+)")
NOTICES = (
    "Correction: an earlier version of this article misstated when the talks began.",
    "This article was amended on Tuesday to correct the name of the river.",
    "Korrektur: In einer früheren Version hieß es, die Brücke sei gesperrt.",
    "Rectificatif : une version précédente de cet article indiquait une date erronée.",
    "Corrección: una versión anterior de esta noticia daba otro nombre al puente.",
    "Rättelse: I en tidigare version av artikeln angavs fel datum.",
)
OTHER_NOTICES: dict[str, LabelName] = {
    "Clarification: the council has since said that the plan was never adopted.": "clarification",
    "Anmerkung der Redaktion: Der Artikel wurde nachträglich korrigiert.": "note",
    "This article has been updated with a statement from the council.": "update",
}
NAMES = ("Torvald", "Wexmoor", "Quillfeather", "Brandvik", "Ostergate", "Lindqvarn", "Mbasogo")
SAYING = ATTRIBUTIONS | SPEECH_VERBS
CLAIMS = {"said": "claimed", "says": "claims", "sagte": "behauptete", "säger": "hävdar"}


@dataclass
class Sentence:
    """A sentence of the newer version; `origins` are the older version's that it came from."""

    text: str
    origins: tuple[int, ...] = ()
    touched: bool = False


@dataclass
class KnownPair:
    """Two versions, what links their sentences, and how much really changed."""

    before: list[Block]
    after: list[Block]
    edges: set[tuple[int, int]] = field(default_factory=set)
    plain: set[tuple[int, int]] = field(default_factory=set)  # edges of sentences left alone
    changed: int = 0  # characters taken out and put in
    labels: set[str] = field(default_factory=set)  # those that may be given
    due: set[str] = field(default_factory=set)  # those that must


def is_figure(word: str) -> bool:
    """Whether a word is a figure in a language of the corpus."""
    return any(may_have_figures(word, language) for language in ("en", "de", "fr", "es", "sv"))


Paragraphs = list[list[Sentence]]


class Editor:
    """Makes edits on one article; `others` supplies the words and sentences that come in."""

    def __init__(self, story: list[list[str]], other: list[list[str]], rng: random.Random) -> None:
        self.rng = rng
        self.pair = KnownPair([], [])
        texts = [text for paragraph in story for text in paragraph]
        numbers = iter(range(len(texts)))
        self.body: Paragraphs = [[Sentence(text, (next(numbers),)) for text in p] for p in story]
        self.other = [text for paragraph in other for text in paragraph if len(text) > 30]
        self.words = sorted(
            {
                word
                for text in self.other
                for word in re.findall(r"\b[^\W\d_]{4,}\b", text)
                if word.islower() and not is_figure(word) and word not in SAYING
            }
        )
        self.pair.before = blocks_of(self.body)

    def finish(self) -> KnownPair:
        """The pair after all edits, with its edges and labels."""
        pair = self.pair
        pair.after = blocks_of(self.body)
        new = [sentence for paragraph in self.body for sentence in paragraph]
        for j, sentence in enumerate(new):
            pair.edges |= {(i, j) for i in sentence.origins}
            if not sentence.touched:
                pair.plain |= {(i, j) for i in sentence.origins}
        if spoken(pair.before) != spoken(pair.after):
            pair.labels.add("quotes")
        if pair.labels & {"figures", "names", "quotes"}:
            pair.labels |= {"altered", "developed", "precise", "spelling"}
            if pair.labels & {"correction", *OTHER_NOTICES.values()}:
                pair.labels.add("corrected")
        return pair

    def pick(self, fits: Callable[[str], object] = bool) -> Sentence | None:
        """A sentence that no edit has touched."""
        fitting = [s for p in self.body for s in p if not s.touched and fits(s.text)]
        return self.rng.choice(fitting) if fitting else None

    def swap(self, sentence: Sentence, start: int, end: int, new: str) -> None:
        """Put other characters in the place of some."""
        old = sentence.text[start:end]
        if old != new:
            sentence.text = sentence.text[:start] + new + sentence.text[end:]
            sentence.touched = True
            self.pair.changed += len(old) + len(new)

    def brought(self, text: str) -> None:
        """Note what labels a text that comes or goes whole may earn."""
        self.pair.changed += len(text) + 1
        self.pair.labels.add("grew")
        if INNER_CAPITAL.search(text):
            self.pair.labels.add("names")

    def change_words(self, share: float = 0.0) -> None:
        """Other words in the place of one to three, or of a share of them."""
        sentence = self.pick(lambda text: len(text) > 40)
        if not sentence:
            return
        plain = [
            m
            for m in re.finditer(r"(?<![\w'’-])[^\W\d_]{3,}(?![\w'’-])", sentence.text)
            if m[0].islower() and not is_figure(m[0]) and m[0] not in SAYING
        ]
        wanted = int(share * len(plain)) or self.rng.randint(1, 3)
        for m in sorted(self.rng.sample(plain, min(wanted, len(plain))), key=lambda m: -m.start()):
            self.swap(sentence, m.start(), m.end(), self.rng.choice(self.words))

    def rewrite(self) -> None:
        self.change_words(0.35)
        self.pair.labels.add("rewritten")

    def change_number(self) -> None:
        if sentence := self.pick(NUMBER.search):
            m = self.rng.choice(list(NUMBER.finditer(sentence.text)))
            self.swap(sentence, *m.span(), str(int(m[0]) + self.rng.randint(1, 40)))
            self.pair.labels.add("figures")
            self.pair.due.add("figures")

    def change_name(self) -> None:
        everything = " ".join(block.text for block in self.pair.before)
        if sentence := self.pick(INNER_CAPITAL.search):
            m = self.rng.choice(list(INNER_CAPITAL.finditer(sentence.text)))
            if len(re.findall(rf"\b{re.escape(m[0])}", everything)) == 1:
                self.swap(sentence, *m.span(), self.rng.choice(NAMES))
                self.pair.labels.add("names")

    def change_claim(self) -> None:
        pattern = re.compile(rf"\b({'|'.join(CLAIMS)})\b")
        if (sentence := self.pick(pattern.search)) and (m := pattern.search(sentence.text)):
            self.swap(sentence, *m.span(), CLAIMS[m[0]])
            self.pair.labels.add("attribution")
            self.pair.due.add("attribution")

    def insert_sentence(self) -> None:
        text = self.rng.choice(self.other)
        paragraph = self.rng.choice(self.body)
        paragraph.insert(self.rng.randint(0, len(paragraph)), Sentence(text, touched=True))
        self.brought(text)

    def remove_sentence(self) -> None:
        if sentence := self.pick():
            self.take(sentence)
            self.brought(sentence.text)

    def move_sentence(self) -> None:
        if sentence := self.pick(lambda text: len(text) > 30):
            self.take(sentence)
            paragraph = self.rng.choice(self.body)
            paragraph.insert(self.rng.randint(0, len(paragraph)), sentence)
            sentence.touched = True
            self.pair.changed += 2 * (len(sentence.text) + 1)

    def take(self, sentence: Sentence) -> None:
        for paragraph in self.body:
            paragraph[:] = [s for s in paragraph if s is not sentence]
        self.body = [paragraph for paragraph in self.body if paragraph]

    def split_sentence(self) -> None:
        if (sentence := self.pick(JOINT.search)) and (m := JOINT.search(sentence.text)):
            paragraph = next(p for p in self.body if any(s is sentence for s in p))
            at = next(n for n, s in enumerate(paragraph) if s is sentence)
            first, second = sentence.text[: m.start()] + ".", sentence.text[m.start(2) :]
            second = second[0].upper() + second[1:]
            if sentences(f"{first} {second}") == [first, second]:
                parts = [Sentence(text, sentence.origins, True) for text in (first, second)]
                paragraph[at : at + 1] = parts
                self.pair.changed += len(m[0]) - 1 + len(m[2]) + 1

    def merge_sentences(self) -> None:
        joints = [
            (p, n)
            for p in self.body
            for n, (a, b) in enumerate(pairwise(p))
            if not a.touched and not b.touched and a.text.endswith(".") and b.text[0].isalpha()
        ]
        if joints:
            paragraph, n = self.rng.choice(joints)
            a, b = paragraph[n], paragraph[n + 1]
            word = b.text.split()[0]
            text = f"{a.text[:-1]}, and {b.text[0].lower()}{b.text[1:]}"
            paragraph[n : n + 2] = [Sentence(text, a.origins + b.origins, True)]
            self.pair.changed += len(". and ,") + 2 * len(word) - 2

    def insert_paragraph(self) -> None:
        texts = self.rng.sample(self.other, min(2, len(self.other)))
        new = [Sentence(text, touched=True) for text in texts]
        self.body.insert(self.rng.randint(1, len(self.body)), new)
        self.brought(" ".join(texts))

    def remove_paragraph(self) -> None:
        untouched = [p for p in self.body[1:] if not any(s.touched for s in p)]
        if untouched:
            paragraph = self.rng.choice(untouched)
            self.body = [p for p in self.body if p is not paragraph]
            self.brought(" ".join(s.text for s in paragraph))

    def move_paragraph(self) -> None:
        """Marked by nothing but its place, so no characters count as changed."""
        untouched = [p for p in self.body[1:] if not any(s.touched for s in p)]
        if untouched:
            paragraph = self.rng.choice(untouched)
            self.body = [p for p in self.body if p is not paragraph]
            self.body.insert(self.rng.randint(1, len(self.body)), paragraph)
            for sentence in paragraph:
                sentence.touched = True

    def split_paragraph(self) -> None:
        long = [p for p in self.body if len(p) > 1]
        if long:
            paragraph = self.rng.choice(long)
            at = next(n for n, p in enumerate(self.body) if p is paragraph)
            cut = self.rng.randint(1, len(paragraph) - 1)
            self.body[at : at + 1] = [paragraph[:cut], paragraph[cut:]]

    def merge_paragraphs(self) -> None:
        if len(self.body) > 1:
            at = self.rng.randint(0, len(self.body) - 2)
            self.body[at : at + 2] = [self.body[at] + self.body[at + 1]]

    def add_notice(self) -> None:
        text = self.rng.choice((*NOTICES, *OTHER_NOTICES))
        label = OTHER_NOTICES.get(text, "correction")
        self.body.append([Sentence(text, touched=True) for text in sentences(text)])
        self.brought(text)
        self.pair.labels.add(label)
        self.pair.due.add(label)


EDITS = (
    *(Editor.change_words, Editor.change_words, Editor.rewrite, Editor.change_number),
    *(Editor.change_number, Editor.change_name, Editor.change_claim, Editor.insert_sentence),
    *(Editor.insert_sentence, Editor.remove_sentence, Editor.move_sentence),
    *(Editor.split_sentence, Editor.merge_sentences, Editor.insert_paragraph),
    *(Editor.remove_paragraph, Editor.move_paragraph, Editor.split_paragraph),
    *(Editor.merge_paragraphs, Editor.add_notice),
)


def blocks_of(body: Paragraphs) -> list[Block]:
    return [Block("paragraph", " ".join(s.text for s in paragraph)) for paragraph in body]


def spoken(version: list[Block]) -> set[str]:
    """What stands between quotation marks, or after a dash, letters and digits only."""
    quoted = (text for block in version for text in QUOTED.findall(block.text))
    return {"".join(filter(str.isalnum, text)).casefold() for text in quoted}


def read_stories(least: int = 8) -> dict[str, list[list[list[str]]]]:
    """By language, articles as paragraphs of sentences, those with that many paragraphs."""
    stories: dict[str, list[list[list[str]]]] = {}
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        blocks = (row.get("gold") or {}).get("blocks") or []
        texts = [normalise(text) for kind, text in blocks if kind in KINDS]
        story = [sentences(text) for text in texts if text]
        if row["use"] == "score" and len(story) >= least:
            stories.setdefault(row.get("lang") or "?", []).append(story)
    return stories


def known_pairs(number: int, seed: int = 4) -> Iterator[KnownPair]:
    """Seeded pairs with 3 to 8 edits each. A pair whose edits moved the ends of sentences, as
    the splitter sees them, is left out: its edges would not be known."""
    rng = random.Random(seed)
    stories = read_stories()
    made = 0
    while made < number:
        of_language = rng.choice([s for s in stories.values() for _ in s if len(s) > 1])
        story, other = rng.sample(of_language, 2)
        editor = Editor(story, other, rng)
        if not editor.words:
            continue
        for edit in rng.choices(EDITS, k=rng.randint(3, 8)):
            edit(editor)
        pair = editor.finish()
        expected = [s.text for p in editor.body for s in p]
        if pair.after and [s for b in pair.after for s in sentences(b.text)] == expected:
            made += 1
            yield pair
