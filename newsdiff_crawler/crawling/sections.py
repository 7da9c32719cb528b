"""Sections of newspapers that have no stories, as addresses name them in each language."""

from __future__ import annotations

from collections.abc import Sequence

# Names of a folder in the path of an address: films, sound, pictures, live tickers, riddles, what
# is sold. What is a section with stories at some newspaper, as "games" or "tv", is none of them.
_ANYWHERE = (
    "videos? podcasts? audio live liveblogs? live-blogs? livestream gallery galleries sudoku"
)
_IN: dict[str, str] = {
    "cs": "porady krizovky horoskopy fotogalerie",
    "da": "krydsord billedserier horoskop",
    "de": "mediathek bilderstrecken? fotostrecken? liveticker newsticker newsblog raetsel"
    " kreuzwortraetsel quiz horoskope? gutscheine? gewinnspiele? e-?paper",
    "en": "watch listen pictures photos? slideshows? live-updates live-news crosswords? puzzles?"
    " horoscopes? coupons? newsletters? webinars? sponsored subscribe",
    "es": "directos? fotogalerias? galerias? pasatiempos crucigramas? horoscopos? loterias?"
    " sorteos? cupones",
    "fr": "direct en-direct diaporamas? portfolios? mots-croises horoscope codes?-promo",
    "hi": "rashifal photo-gallery",
    "id": "foto video teka-teki zodiak",
    "it": "dirette? diretta fotogallery foto oroscopo cruciverba",
    "ja": "movie movies photo koukoku uranai",
    "ko": "photo movie fortune",
    "lt": "mediateka vaizdo-irasai horoskopai",
    "nb": "direkte nett-tv kryssord horoskop rabattkoder?",
    "nl": "beeld foto puzzels horoscoop kortingscodes?",
    "pl": "wideo galerie krzyzowki horoskop relacja-na-zywo",
    "pt": "videos fotos ao-vivo passatempos horoscopo palavras-cruzadas",
    "ru": "videos? foto photo goroskop",
    "sv": "direkt korsord horoskop rabattkoder?",
    "tr": "video-galeri foto-galeri canli burclar bulmaca",
    "vi": "anh hinh-anh truc-tuyen",
}


def no_stories(language: str | None) -> Sequence[str]:
    """Patterns, for the path of an address, of what is left out of every newspaper in a language
    (ISO 639): a folder of such a name, with something in it."""
    own = _IN.get((language or "").partition("-")[0], "")
    return (rf"(?i:/(?:{'|'.join(f'{_ANYWHERE} {own}'.split())})/.)",)
