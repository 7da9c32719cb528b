"""A block that says nothing but when, where from or how often is boilerplate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.boilerplate_text import is_boilerplate_text, without_boilerplate


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "Updated 5 mins ago",
        "just now",
        "vor 3 Stunden",
        "il y a deux heures",
        "24 July 2015",
        "Published: July 24, 2015 at 6:30 p.m. ET",
        "Published 10 May 2024, updated 2 hours ago",
        "Stand: 28.04.2020 18:00 Uhr",
        "Le 3 mars 2024 à 10h30",
        "12:45 GMT",
        "2024-05-09",
        "Friday, 24 July",
        "941 comments",
        "1.2K Shares",
        "Comments (12)",
        "Share this article",
        "Advertisement",
        "5 min read",
        "LONDON (Reuters) -",
        "KYIV, Ukraine (AP) —",
        "ISLAMABAD, March 4 (Reuters)",
        "Paris —",
        "Updated 1 hour ago | Published 3 hours ago",
        "Published about 3 hours ago",
        "by Ann Lee, 5 min ago",
        "By Ann Lee and Bo Chan | 5 minutes ago",
        "vor 5 Min.",
        "vor etwa 3 Stunden aktualisiert",
        "Aktualisiert vor 2 Stunden",
        "Heute, 9:31 Uhr",
        "Zuletzt aktualisiert: 10. September 2026, 9:31 Uhr",
        "Il y a 5 min",
        "il y a environ 3 heures",
        "Publié il y a 2 h, mis à jour il y a 5 minutes",
        "Mis à jour le 10 septembre 2026 à 10h30",
        "Publié hier à 9h30",
        "hace 5 minutos",
        "Actualizado hace unas 3 horas",
        "Publicado el 10 de septiembre de 2026 a las 9:31",
        "5 minuti fa",
        "un'ora fa",
        "Aggiornato circa 3 ore fa",
        "Pubblicato il 10 settembre 2026 alle 9:31",
        "há 5 minutos",
        "Atualizado há cerca de 3 horas",
        "Publicado em 10 de setembro de 2026 às 9h31",
        "5 minuten geleden",
        "Bijgewerkt 3 uur geleden",
        "een uur geleden",
        "för 5 minuter sedan",
        "Uppdaterad för 3 timmar sedan",
        "5 min sedan",
        "for 5 minutter siden",
        "Publisert for 3 timer siden",
        "5 minut temu",
        "Aktualizacja: 3 godz. temu",
        "godzinę temu",
        "5 минут назад",
        "Обновлено 3 часа назад",
        "час назад",
        "5分前",
        "3時間前に更新",
        "最終更新 3時間前",
        "更新：2026年9月10日 9時31分",
        "5分钟前",
        "5분 전",
        "1.2k reading now",
        "1,204 people are reading this now",
        "1,204 people are reading this",
        "57 readers are viewing this article right now",
        "Listen 4 min",
        "Listen to this article",
        "Listen to this article (4 min)",
        "Listen · 4:32",
        "4 min",
        "4 min 12 sec",
        "Reading time: 5 min",
        "Estimated reading time: 3 minutes",
        "3 minute read | 12 comments",
        "Lesezeit: 5 Minuten",
        "Lesedauer ca. 5 Min.",
        "Temps de lecture : 3 min",
        "3 min de lecture",
        "Tiempo de lectura: 3 min",
        "Tempo di lettura: 3 minuti",
        "Leestijd 3 minuten",
        "Lästid: 3 min",
        "Czas czytania: 3 min",
        "Время чтения: 3 минуты",
        "Article continues after advertisement",
        "Article continues below",
        "Story continues below advertisement",
        "Advertisement - scroll to continue",
        "Continue reading below",
        "Skip advertisement",
        "Anzeige",
        "Publicité",
        "La suite après cette publicité",
        "Publicidad",
        "Pubblicità",
        "Publicidade",
        "Advertentie",
        "Artikeln fortsätter efter annonsen",
        "Reklama",
        "広告",
        "Share 12 comments",
        "12 Kommentare",
        "Kommentare (12)",
        "34 commentaires",
        "5 reacties",
        "Be the first to comment",
        "No comments yet",
        "Artikel anhören",
        "Écouter l'article",
        "Escuchar este artículo",
        "Ascolta l'articolo",
        "Luister naar dit artikel",
        "Lyssna på artikeln",
        "Updated: Sept. 10, 2026, 9:31 a.m. ET | Published: Sept. 9, 2026",
        "10 September 2026 · 3 min read",
        "By Ann Lee · 10 September 2026",
        "Last updated 10 Sep 2026 at 09:31 BST",
        "UPDATED: Tue., Nov. 19, 2019",
        "First published 3 hrs ago • Updated 5m ago",
        "Updated yesterday at 9:30",
        "Just now",
        "Posted 2d ago",
        "Modified 10/09/2026",
        "1h ago",
        "over a year ago",
        "Updated less than a minute ago",
        "2 days ago by Ann Lee",
        "Published by Ann Lee, 3 hours ago",
        "منذ 5 دقائق",
        "Shares: 12 | Comments: 3",
        "12 shares · 3 comments",
        "Dernière mise à jour : il y a 3 heures",
        "Ann Lee, 5 min ago",
    ],
)
def test_boilerplate(text: str) -> None:
    assert is_boilerplate_text(Block("paragraph", text))


@pytest.mark.parametrize(
    "text",
    [
        "He left at 12:45 GMT.",
        "It began 3 hours ago, she said.",
        "24 July 2015 was a Friday.",
        "12 Angry Men",
        "1984",
        "On 5 May he resigned.",
        "May 2024 be kinder",
        "Share prices fell",
        "941 comments were deleted",
        "LONDON (Reuters) - The bridge is closed.",
        "WHAT HAPPENS NEXT?",
        "Listen.",
        "Two hours",
        "By Ann Lee",
        "Published",
        "Updated",
        "Today",
        "Yesterday",
        "Last updated",
        "It was published in 2019",
        "Share the pain",
        "Listen to the river",
        "Work",
        "قبل الحرب",
        "Three people are reading this verdict differently",
        "Minutes later",
        "1,204 people are missing",
        "Stand by me",
        "Last of us",
        "One hour ago, the bridge fell",
        "Ad astra",
        "Play ball",
        "Read more about the bridge",
        "The first",
        "12:45 at the river",
        "Second",
        "By Monday",
        "10 people",
        "20 minutes away",
        "5 views on the war",
        "Date night",
        "On the road",
        "vor dem Krieg",
        "Stand der Dinge",
        "Il y a des jours",
        "Hace calor",
        "for 5 minutter",
        "Am Montag",
        "Am 3. Oktober wird gefeiert",
        "Um 9 Uhr begann es",
        "Decision 5",
        "Section 5",
        "No comment",
        "Share.",
        "Three Goats, four bridges",
        "Yes.",
        "–",
        "",
    ],
)
def test_text(text: str) -> None:
    assert not is_boilerplate_text(Block("paragraph", text))


LONG = "The goat was seen by the mayor, who was on the way to the choir. " * 2


def kept(*texts: str) -> list[str]:
    return [block.text for block in without_boilerplate([Block("paragraph", t) for t in texts])]


def test_a_date_alone_is_text_amid_the_story_as_in_a_chronology() -> None:
    chronology = ["3 May", "The goat comes.", "9:30 am", "The goat is seen."]
    assert kept(LONG, *chronology) == [LONG, *chronology]


def test_a_date_alone_is_none_beside_the_byline_or_at_the_end() -> None:
    assert kept("3 May 2024", "9:30 am", LONG, "3 May 2024") == [LONG]


def test_a_date_with_a_label_is_none_anywhere() -> None:
    assert kept(LONG, "Updated 3 May 2024", LONG) == [LONG, LONG]


def test_date_as_a_subheading_is_text() -> None:
    assert not is_boilerplate_text(Block("subheading", "24 July 2015"))
    assert is_boilerplate_text(Block("subheading", "3 hours ago"))


@given(st.text("1: apmutd-,.()ARKEsoh\u2014分前", max_size=90))
def test_any_text_is_decided(text: str) -> None:
    assert is_boilerplate_text(Block("paragraph", text)) in (True, False)
