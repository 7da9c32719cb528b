"""Phrases of the trade, which stand in any story and say nothing of which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_PHRASES = re.compile(
    r"""
    \b(?:
      # English
      (?:declined|refused)\sto\s(?:comment|be\sinterviewed|be\snamed|give\s(?:any\s)?details)
    | (?:did|has|have)\snot\s(?:immediately\s)?(?:respond|responded|replied|reply|return|returned)
      (?:\sto)?\s(?:an?\s)?(?:(?:phone\s)?calls?|e-?mails?|messages?|requests?|questions?)
      (?:\s(?:for|seeking)\s(?:a\s)?comment)?
    | could\snot\s(?:immediately\s)?be\sreached(?:\sfor\scomment)?
    | (?:speaking|spoke|speaks)?\s?(?:on|under)\s(?:the\s)?condition\sof\sanonymity
    | (?:because|as)\s(?:he|she|they)\s(?:was|were|is|are|wasn['’]t|weren['’]t)\s(?:not\s)?
      authorized\sto\s(?:speak|comment|discuss)(?:\s(?:publicly|to\s(?:the\s)?media))?
    | contributed\sto\sthis\s(?:report|story|article) | this\sis\sa\s(?:breaking|developing)\s\w+
    # German
    | (?:wollte|wollten|will)\ssich\s(?:\w+\s){0,2}nicht\säußern | lehnte\seinen\sKommentar\sab
    | war\szunächst\snicht\szu\serreichen
    # French, Spanish, Italian
    | n['’]a\spas\s(?:souhaité|voulu)\s(?:faire\sde\s)?(?:commentaires?|commenter|répondre)
    | sous\s(?:le\ssceau|couvert)\sde\sl['’]anonymat | (?:declinó|rehusó)\scomentar
    | bajo\scondición\sde\sanonimato | non\sha\svoluto\scommentare
    # Swedish, Danish, Norwegian
    | vill\sinte\s(?:kommentera|uttala\ssig) | har\ssökt\s(?:[\w.-]+\s){1,6}för\sen\skommentar
    | ønsker\sikke\så?t?\s?(?:å\s)?kommentere | vil\sikke\s(?:kommentere|uttale\sseg|udtale\ssig)
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 3000  # characters of a text; of a longer one such phrases make no part that counts
# Each phrase has one of them; most texts have none, which is found faster.
_PARTS = (
    *("ecline", "efused", " respon", " repl", " return", "reached", "nonym", "uthorized"),
    *("ontribut", "breaking", "developing", " äußern", "Kommentar", "rreichen", "comment"),
    *("répondre", "kommenter", "uttal", "udtal", "coment"),
)


def without_stock_phrases(text: str) -> str:
    """What a text says of its own.

    >>> without_stock_phrases("The mayor declined to comment on Monday.")
    'The mayor  on Monday.'
    """
    return _without(text, _PARTS)


def all_without_stock_phrases(texts: Sequence[str]) -> list[str]:
    """The same of each text of an article, looked through for all phrases only once."""
    everything = "\n".join(texts)
    parts = [part for part in _PARTS if part in everything]
    return [_without(text, parts) for text in texts] if parts else list(texts)


def _without(text: str, parts: Iterable[str]) -> str:
    if len(text) > _LONGEST or not any(part in text for part in parts):
        return text
    return _PHRASES.sub("", text)
