from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.figure import Figure
from newsdiff_crawler.diff.figure_pairs import pair_figures
from newsdiff_crawler.diff.figures import figures
from tests.support.notation import paragraphs


def one(text: str, language: str = "en") -> Figure:
    (figure,) = figures(text, language)
    return figure


@pytest.mark.parametrize(
    ("text", "language", "kind", "shown"),
    [
        ("paid twenty-two guests", "en", "number", "twenty-two"),
        ("two hundred and five guests", "en", "number", "two hundred and five"),
        ("zweihundert Gäste", "de", "number", "zweihundert"),
        ("quatre-vingt-dix-sept invités", "fr", "number", "quatre-vingt-dix-sept"),
        ("tjugotvå gäster", "sv", "number", "tjugotvå"),
        ("came eighth", "en", "ordinal", "eighth"),
        ("came 8th", "en", "ordinal", "8th"),
        ("paid £2.5m then", "en", "money", "£2.5m"),
        ("für 2,5 Mio. Euro", "de", "money", "2,5 Mio. Euro"),
        ("för 2 miljoner kronor", "sv", "money", "2 miljoner kronor"),
        ("fell by 5 per cent", "en", "percent", "5 per cent"),
        ("at 90 km/h", "en", "measure", "90 km/h"),
        ("a 26-year-old baker", "en", "age", "26-year-old"),
        ("a baker in his 20s", "en", "age", "20s"),
        ("Bo Ek, 26, left", "en", "age", "26"),
        ("der 26-Jährige", "de", "age", "26-Jährige"),
        ("26-årig man", "sv", "age", "26-årig"),
        ("won 3-1", "en", "score", "3-1"),
        ("gewann 3:1", "de", "score", "3:1"),
        ("at 9.30 p.m.", "en", "time", "9.30 p.m."),
        ("kl. 21.30", "sv", "time", "21.30"),
        ("à 21h30", "fr", "time", "21h30"),
        ("Monday 3 May 2024", "en", "date", "Monday 3 May 2024"),
        ("May 3, 2024", "en", "date", "May 3, 2024"),
        ("am 3. Mai", "de", "date", "3. Mai"),
        ("le 1er mai 2024", "fr", "date", "1er mai 2024"),
        ("el 3 de mayo de 2024", "es", "date", "3 de mayo de 2024"),
        ("måndagen den 3 maj", "sv", "date", "måndagen den 3 maj"),
        ("call 0800 555 012", "en", "phone", "0800 555 012"),
        ("+46 8 555 01 23", "sv", "phone", "+46 8 555 01 23"),
        ("på måndagseftermiddagen", "sv", "date", "måndagseftermiddagen"),
        ("på mandagskvelden", "no", "date", "mandagskvelden"),
        ("am Montagnachmittag", "de", "date", "Montagnachmittag"),
        ("nel 1987", "it", "date", "1987"),
        ("w 1987 roku", "pl", "date", "1987"),
        ("at midnight", "en", "time", "midnight"),
        ("half of the guests", "en", "percent", "half"),
        ("två tredjedelar av gästerna", "sv", "percent", "två tredjedelar"),
        ("some 31,000 guests", "en", "number", "31,000"),
        ("at 86F", "en", "measure", "86F"),
    ],
)
def test_a_figure_is_one_of_its_kind(text: str, language: str, kind: str, shown: str) -> None:
    figure = one(text, language)
    assert (figure.kind, figure.shown.lstrip("+")) == (kind, shown.lstrip("+"))


@pytest.mark.parametrize(
    "text",
    [
        "It may have burnt down.",
        "The march went on, and the elf sang.",
        "Theresa May met April Stone and Jan Berg.",
        "The F16 landed.",
    ],
)
def test_words_that_only_look_like_figures(text: str) -> None:
    assert figures(text, "en") == []


@pytest.mark.parametrize(
    ("text", "other", "language"),
    [
        ("at 21:30", "at 21.30", "en"),
        ("2 million", "£2m", "en"),
        ("£2m", "2 million pounds", "en"),
        ("90 km/h", "25 m/s", "en"),
        ("200 kilometres", "125 miles", "en"),
        ("twelve", "12", "en"),
        ("8th", "eighth", "en"),
        ("1 200", "1.200", "sv"),
        ("3 May", "3 May 2024", "en"),
        ("9.30 p.m.", "21:30", "en"),
    ],
)
def test_the_same_in_another_style(text: str, other: str, language: str) -> None:
    assert one(text, language).same_as(one(other, language))
    assert one(other, language).same_as(one(text, language))


@pytest.mark.parametrize(
    ("text", "other"),
    [("5 miles", "5 kilometres"), ("€5", "$5"), ("5", "5 %"), ("12.5", "125"), ("3 May", "4 May"),
     ("Monday", "Tuesday"), ("3-1", "3-2"), (" 5", " -5"), ("Friday", "12")],
)  # fmt: skip
def test_not_the_same(text: str, other: str) -> None:
    assert not one(text).same_as(one(other))


def test_a_weekday_never_gives_way_to_a_number() -> None:
    assert list(pair_figures(figures("on Monday", "en"), figures("12 men", "en"))) == []


def test_figures_that_count_the_same_are_paired_first() -> None:
    gone, come = figures("3 men and 5 dogs", "en"), figures("7 dogs and 4 men", "en")
    pairs = [(old.shown, new.shown) for old, new in pair_figures(gone, come)]
    assert pairs == [("3", "4"), ("5", "7")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("a man in his 20s", "a 26-year-old"), ("dozens of men", "14 men"), ("3 May", "3 May 2024")],
)
def test_a_figure_that_says_more_precisely_what_another_left_open(old: str, new: str) -> None:
    assert one(new).narrows(one(old))
    assert not one(old).narrows(one(new))


def evidence(name: str, before: str, after: str) -> list[tuple[str, str]]:
    labels = summarise(compare(paragraphs(before), paragraphs(after))).labels
    return [(e.before, e.after) for label in labels if label.name == name for e in label.evidence]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("It opens on 3 May at last.", "It opens on 13 June at last.", ("3 May", "13 June")),
        ("Ring 0800 555 012.", "Ring 0800 555 021.", ("0800 555 012", "0800 555 021")),
        ("A baker in his 20s was hurt.", "A 26-year-old baker was hurt.", ("20s", "26-year-old")),
        ("It rose by 3 percent.", "It rose by 3 percentage points.",
         ("3 percent", "3 percentage points")),
        ("Il a gagné 3 pour cent.", "Il a gagné 3 points de pourcentage.",
         ("3 pour cent", "3 points de pourcentage")),
    ],
)  # fmt: skip
def test_a_figure_is_shown_whole(before: str, after: str, shown: tuple[str, str]) -> None:
    assert evidence("figures", before, after) == [shown]


def test_an_amount_left_open_that_is_another_changes_the_meaning() -> None:
    before, after = "Most of the guests left.", "Hundreds of the guests left."
    assert evidence("meaning", before, after) == [("Most", "Hundreds")]
    assert summarise(compare(paragraphs(before), paragraphs(after))).sentence.startswith(
        "Amount changed: Most → Hundreds"
    )
    assert evidence("figures", before, "Some 200 of the guests left.") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It flew 70 to 200 kilometers away.", "It flew 43 to 124 miles away."),
        ("It cost 18.9 in all that year.", "It cost 18.9 million in all that year."),
        ("Updated 1 May 2020 by the desk here.", "Updated 12 May 2020 by the desk here."),
        ("At the mill 17 people met.", "At the mill a 19-year-old spoke."),
    ],
)
def test_a_figure_in_another_unit_or_of_another_thing_is_no_change(before: str, after: str) -> None:
    assert evidence("figures", before, after) == []


WRITING = "0123456789.,:-–/ $£€%+()hm May one twenty 3rd kl pm\u00a0"


@given(
    st.text(st.sampled_from(WRITING), max_size=40), st.sampled_from(["", "en", "de", "fr", "sv"])
)
def test_figures_stand_in_their_text_and_none_overlaps_another(text: str, language: str) -> None:
    found = figures(text, language)
    assert all(figure.shown in text and figure.start < figure.end for figure in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(figure.same_as(figure) for figure in found)


@pytest.mark.parametrize(
    "text", ["1" * 5_000, "1 " * 20_000, "1-" * 20_000, "twenty " * 20_000, "3 May " * 9_000]
)
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(text: str) -> None:
    assert isinstance(figures(text, "en"), list)


@given(st.text(st.characters() | st.sampled_from("0123456789.,:-%$²½٣"), max_size=30))
def test_any_text_has_figures_or_none(text: str) -> None:
    for language in ("en", "sv", "de", "fr", ""):
        assert all(figure.shown in text for figure in figures(text, language))


@pytest.mark.parametrize("mark", ["¹", "²", "₂", "①", "½"])
def test_a_footnote_sign_is_no_figure(mark: str) -> None:
    assert figures(f"The sea rose {mark} in the bay.", "en") == []


def test_a_part_of_what_it_was_takes_its_place() -> None:
    before = "Some 31,000 homes were without power on Monday."
    after = "All but 900 of 31,000 homes had power again on Monday."
    assert evidence("figures", before, after) == [("31,000", "900")]


@pytest.mark.parametrize("text", ["half an hour late", "a third man came in"])
def test_half_an_hour_is_no_share(text: str) -> None:
    assert all(figure.kind != "percent" for figure in figures(text, "en"))


def test_pounds_of_weight_are_no_money() -> None:
    assert one("weighed 4.4 pounds").same_as(one("weighed 2 kg"))
    assert not one("cost 4.4 pounds").same_as(one("weighed 3 kg"))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2 metres", "2.4 metres"), ("2 years", "18 months"), ("1 tonne", "600 kg"),
        ("2 hours", "95 minutes"), ("2 feet", "30 inches"), ("5 km", "5400 metres"),
    ],
)  # fmt: skip
def test_only_what_is_converted_from_one_system_to_another_is_rounded(
    text: str, other: str
) -> None:
    assert not one(text, "en").same_as(one(other, "en"))


def test_a_measure_with_more_digits_is_made_precise() -> None:
    assert one("3.4 km", "en").narrows(one("3 km", "en"))
    assert not one("3.6 km", "en").narrows(one("3 km", "en"))
    assert not one("600 kg", "en").narrows(one("1 tonne", "en"))


def test_a_nordic_mile_is_ten_kilometres() -> None:
    assert one("1,2 mil lång", "sv").same_as(one("12 kilometer lång", "sv"))
    assert one("250 mil euros", "es").same_as(one("250.000 euros", "es"))
