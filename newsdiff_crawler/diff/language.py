"""Which language a text is in, told by its commonest words: enough to choose customs of writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsdiff_crawler.items import Block
from newsdiff_crawler.text import remembered

# Codes of ISO 639-1. "no" is Norwegian, whichever of the two.
_COMMON = {
    "en": "the of and to was is that for with on by had were has said at it from he she they not"
    " an are been have his her this their who which will would over after about than when into",
    "de": "der die das und ist von mit den dem im des ein eine nicht auf sich wurde hat am zu er"
    " auch wir es sie als nach bei einen einem einer haben wird sind aus vor über um",
    "fr": "le la les des et du une est dans que qui au pour sur par a pas ont il elle avec ce cette"
    " ne nous aux été un en se son sa ses leur sont après",
    "es": "el la los las de y que en del una por con se su para es no ha al lo un fue más sus han"
    " tras entre este esta pero",
    "it": "il di che e la per della del è un una non con sono gli i nel alla ha dei le si lo da al"
    " nella sul sulla dal dalla più ma anche hanno stato stata era",
    "pt": "o a os as de e que do da em um uma não para com no na por foi dos das ao é se mais pelo"
    " pela foram são seu sua",
    "nl": "de het een van en is dat op te zijn voor niet met aan er om hij ook door maar was"
    " werd worden heeft hebben had bij dit deze die we zei ze naar bij uit over",
    "pl": "i w na z się nie do że jest to po od za przez o jak był dla ma jego oraz",
    "sv": "och att det som en på är av för med den till har inte ett om var de vi han hon jag"
    " från i efter under vid mot ska kan hade blev när sig sin också",
    "da": "og at det er en på til af for med den har ikke et som var de vi han hun jeg fra blev i"
    " efter ved også mod mellem findes",
    "no": "og at det er en på til av for med den har ikke et som var de vi han hun jeg fra ble i"
    " etter ved også mot kveld",
    "fi": "ja on ei että se oli hän mutta ovat myös kun ollut joka mukaan tai ole sen hänen",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
_ENOUGH = 1000  # characters


_SURE = 2  # votes by which a short text must tell another language than the text around it


@remembered(256)
def guess(text: str, around: str = "") -> str:
    """The language of a text, as a code of ISO 639-1. `around` is that of the text it stands in:
    where little tells another, it is in that one too; "" where nothing tells it.

    >>> guess("Er ging mit dem Hund in den Wald."), guess("12:30")
    ('de', '')
    """
    votes: Counter[str] = Counter()
    for word, number in Counter(text[:_ENOUGH].lower().split()).items():
        for each in _LANGUAGES.get(word.strip(".,:;!?«»„“”\"'()"), ()):
            votes[each] += number
    for language, count in votes.most_common(1):
        if not around or count - votes[around] >= _SURE:
            return language
    return around


def language_of(blocks: Sequence[Block]) -> str:
    """The language that a version is written in."""
    text = ""
    for block in blocks:
        if len(text) > _ENOUGH:
            break
        text += block.text[:_ENOUGH] + "\n"
    return guess(text)
