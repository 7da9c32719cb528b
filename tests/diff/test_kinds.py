"""What kind of change a passage is."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.kinds import KINDS
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs

FILLER = "The council met on the second floor of the library until late in the evening."
OLD = "The mill was built in 1987 by two men."
NEW = "The mill was built in 1978 by two men."


def kinds(before: str, after: str, *added: str) -> dict[str, list[tuple[str, str]]]:
    """The kinds of change of a paragraph, each with its words before and after."""
    diff = compare(paragraphs(FILLER, before), paragraphs(FILLER, after, *added))
    return {
        label.name: [(e.before, e.after) for e in label.evidence]
        for label in summarise(diff).labels
        if label.name in KINDS
    }


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("The mill was built in 1987 by two men.", "The mill was built in 1978 by two men.",
         "1987", "1978"),
        ("The hall holds 320 seats in nine rows.", "The hall holds 230 seats in nine rows.",
         "320", "230"),
        ("The mill is in Lyon near the old bridge.", "The mill is in Lille near the old bridge.",
         "Lyon", "Lille"),
        ("The prize went to Jan Berg of the club.", "The prize went to Ulf Berg of the club.",
         "Jan Berg", "Ulf Berg"),
        ("“We will never sell the mill,” she said.", "“We will always sell the mill,” she said.",
         "We will never sell the mill,", "We will always sell the mill,"),
        ("“We will sell the old mill,” she said.", "“We will not sell the old mill,” she said.",
         "We will sell the old mill,", "We will not sell the old mill,"),
        ("Members voted by seven to two for the bridge.",
         "Members voted by six to three for the bridge.", "seven", "six"),
        ("A score of 3-2 ended the long match.", "A score of 3-1 ended the long match.",
         "3-2", "3-1"),
        ("La cappella sulla collina fu costruita nel 1764 dai monaci.",
         "La cappella sulla collina fu costruita nel 1746 dai monaci.", "1764", "1746"),
        ("Kaplica na wzgórzu została zbudowana w 1764 roku przez mnichów.",
         "Kaplica na wzgórzu została zbudowana w 1746 roku przez mnichów.", "1764", "1746"),
        ("Länet söker totalt 9 miljoner kronor till den nya vägen.",
         "Länet söker totalt 9 miljarder kronor till den nya vägen.",
         "9 miljoner kronor", "9 miljarder kronor"),
    ],
)  # fmt: skip
def test_a_settled_fact_that_is_another_one_was_altered(
    before: str, after: str, gone: str, come: str
) -> None:
    told = kinds(before, after)
    assert told.keys() == {"altered"}
    assert told["altered"][0] == (gone, come)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("At least 12 people died when it sank.", "At least 31 people died when it sank."),
        ("The fire killed 12 people in the hall.", "The fire killed 14 people in the hall."),
        ("The home side leads by 3-1 in the cup.", "The home side leads by 3-2 in the cup."),
        ("Nine people were charged with arson.", "Twelve people were charged with arson."),
        ("Shares of the mill rose 3 percent.", "Shares of the mill rose 2 percent."),
        ("Minst 12 personer saknas i hamnen.", "Minst 20 personer saknas i hamnen."),
        ("The crew will fix 20 lamps on the road.", "The crew did fix 22 lamps on the road."),
        ("According to Lund Radio the road is shut.", "According to Oslo Herald the road is shut."),
    ],
)
def test_what_went_on_in_the_world_accuses_nobody(before: str, after: str) -> None:
    assert set(kinds(before, after)) == {"developed"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The man is in his 20s and from the town.", "The man is 26 years old and from the town."),
        ("The prize went to Berg of the old club.", "The prize went to Ulf Berg of the old club."),
        ("Most of the seats were empty that day.", "Some 200 of the seats were empty that day."),
    ],
)
def test_what_was_left_open_and_is_told_accuses_nobody(before: str, after: str) -> None:
    assert "altered" not in kinds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The coach is Mila Kovak of the club.", "The coach is Mila Kovac of the club."),
        ("The paper is read in Sthlm by many.", "The paper is read in Stockholm by many."),
        ("They recieve the post on the hill.", "They receive the post on the hill."),
    ],
)
def test_a_spelling_put_right_is_told_as_such(before: str, after: str) -> None:
    assert set(kinds(before, after)) == {"spelling"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Another form, a cut, more of it, and another quotation.
        ("“We walked home to the mill,” he said.", "“We walk home to the mill,” he said."),
        ("“We will go home to the mill,” he said.", "“We will go home,” he said."),
        ("“We will go home,” he said.", "“We will go home to the mill,” he said."),
        ("“We go home. We are not sure when it will open,” he said.", "“We go home,” he said."),
        ("“We will go home now,” he said.", "“Nobody asked us what we think,” he said."),
    ],
)
def test_a_quotation_that_says_the_same_or_is_another_was_not_altered(
    before: str, after: str
) -> None:
    assert "altered" not in kinds(before, after)


def test_a_figure_in_a_sentence_written_anew_was_not_altered() -> None:
    before = "The town paid 320 euros for a bridge over the brook."
    after = "Nobody knows why builders asked 230 euros when winter came."
    assert "altered" not in kinds(before, after)


def test_a_notice_clears_what_it_speaks_of() -> None:
    notice = "Correction: an earlier version gave another year in which the mill was built."
    assert kinds(OLD, NEW, notice)["corrected"] == [("1987", "1978")]


def test_a_notice_clears_a_quotation_by_the_sentence_that_it_stands_in() -> None:
    first = "The hearing went on for hours in the town."
    before = f"{first} “We will never sell the mill,” the old baker said."
    after = before.replace("never", "always")
    of_it = "Correction: the baker was quoted wrongly on whether the mill is to be had."
    of_the_first = "Correction: the hearing began in the morning and not in the town."
    assert "corrected" in kinds(before, after, of_it)
    assert "altered" in kinds(before, after, of_the_first)


def test_a_figure_is_judged_by_its_own_sentence() -> None:
    before = "The fire killed many. The mill was built in 1987 by two men."
    after = "The fire killed most. The mill was built in 1978 by two men."
    assert kinds(before, after)["altered"] == [("1987", "1978")]


def test_a_notice_that_tells_nothing_clears_all() -> None:
    assert "altered" not in kinds(OLD, NEW, "This article has been corrected.")


def test_a_notice_of_something_else_clears_nothing() -> None:
    notice = "Correction: an earlier version misspelt the surname of the harbour’s captain."
    assert kinds(OLD, NEW, notice)["altered"] == [("1987", "1978")]


def test_a_story_that_grows_by_a_speaker_grew() -> None:
    added = "“We saw the crack in the morning,” said Ana Petrovic of the roads office."
    assert set(kinds(FILLER, FILLER, added)) == {"grew"}


def test_a_headline_of_other_words_is_rewritten() -> None:
    before = [Block("headline", "Mill burns down on the hill")]
    after = [Block("headline", "Old bakery lost to flames")]
    assert [label.name for label in summarise(compare(before, after)).labels] == [
        "headline",
        "rewritten",
    ]


def test_what_had_not_come_about_and_did_accuses_nobody() -> None:
    before = "The police have not found the old boat of the mill."
    assert set(kinds(before, before.replace("have not found", "have found"))) == {"developed"}


def test_a_headline_that_says_more_than_another_name_was_not_altered() -> None:
    before = [Block("headline", "Mill workers in Lyon want more pay")]
    after = [Block("headline", "Now mill workers in Lille want more pay")]
    assert "altered" not in [label.name for label in summarise(compare(before, after)).labels]


def test_a_range_in_another_unit_was_not_altered() -> None:
    before = "The kites flew 70 to 200 kilometers over the sea that day."
    after = "The kites flew 43 to 125 miles over the sea that day."
    assert "altered" not in kinds(before, after)


def test_a_decade_in_full_was_not_altered() -> None:
    before = "The huts on the hill have stood there since the 50s or so."
    assert "altered" not in kinds(before, before.replace("50s", "1950s"))


def test_a_figure_whose_unit_alone_is_another_is_altered() -> None:
    before = "The hall of the old mill was 15 metres wide and had nine rows of seats."
    found = kinds(before, before.replace("15 metres", "15 miles"))
    assert found == {"altered": [("15 metres", "15 miles")]}


def test_the_date_of_a_stamp_alters_nothing() -> None:
    before = "Updated September 1, 2020 What the council has said of the mill and of the bridge."
    assert "altered" not in kinds(before, before.replace("September 1", "August 12"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "“They will recieve the mony in May,” she said.",
            "“They will receive the money in May,” she said.",
        ),
        (
            "“We walked in the wods to it,” she said.",
            "“We walked in in the woods to it,” she said.",
        ),
        (
            "“The fundraising for the mill goes on,” she said.",
            "“The fund-raising for the mill goes on,” she said.",
        ),
    ],
)
def test_a_quotation_that_was_put_right_is_no_other_one(before: str, after: str) -> None:
    labels = summarise(compare(paragraphs(before), paragraphs(after))).labels
    assert not {"quotes", "altered"} & {label.name for label in labels}


DRIVER = "The driver, Thomas Kell, was taken to the hospital by the bridge on Monday."
MILL = "The mill by the river was built in 1932 by two brothers from the valley."


@pytest.mark.parametrize(
    ("before", "after", "notice"),
    [
        (DRIVER, DRIVER.replace("Kell", "Hendricks"),
         "Correction: An earlier version of this story misidentified the driver."),
        (MILL, MILL.replace("1932", "1936"),
         "Correction: an earlier version gave the wrong year."),
        (MILL, MILL.replace("1932", "1936"), "(Corrects year in first paragraph)"),
        ("Bolaget grundades 1994 av två bröder från dalen och har tio anställda i dag.",
         "Bolaget grundades 1949 av två bröder från dalen och har tio anställda i dag.",
         "Rättelse: I en tidigare version angavs fel årtal."),
    ],
)  # fmt: skip
def test_a_notice_that_names_the_sort_of_thing_clears_it(
    before: str, after: str, notice: str
) -> None:
    found = kinds(before, after, notice)
    assert "corrected" in found
    assert "altered" not in found


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this article misspelled the name of Karen Holm.",
        "This article has been updated to include a comment from Karen Holm.",
    ],
)
def test_a_notice_of_another_sort_of_thing_clears_nothing(notice: str) -> None:
    before = "Karen Holm of the mill was paid 4 million pounds for the bridge in 2019, it says."
    found = kinds(before, before.replace("4 million", "6 million"), notice)
    assert "corrected" not in found


def test_a_correction_that_says_not_what_was_wrong_leaves_it_open() -> None:
    notice = "Correction: this article was amended because of an editing error in the second line."
    found = kinds(MILL, MILL.replace("1932", "1936"), notice)
    assert "altered" not in found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rescuers are searching for 30 people who are still missing in the valley.",
         "Rescuers are searching for 11 people who are still missing in the valley."),
        ("At the school 97 hostages are held by four men with guns, the police say.",
         "At the school 94 hostages are held by four men with guns, the police say."),
        ("The road over the pass is closed in both directions, the county says.",
         "The road over the pass is open in both directions, the county says."),
    ],
)  # fmt: skip
def test_what_falls_or_turns_by_itself_accuses_nobody(before: str, after: str) -> None:
    assert "altered" not in kinds(before, after)


def test_a_german_article_is_no_english_toll() -> None:
    filler = "Der Rat tagte am Abend in der Bibliothek, und es war nicht der letzte Streit."
    before = "Die Kirche wurde 1904 von zwei Brüdern aus dem Tal und mit dem Geld der Stadt gebaut."
    diff = compare(paragraphs(filler, before), paragraphs(filler, before.replace("1904", "1940")))
    assert "altered" in {label.name for label in summarise(diff).labels}


@pytest.mark.parametrize("other", ["Iran", "Spain"])
def test_another_country_is_no_spelling(other: str) -> None:
    before = "The tanker was built in Iraq for the two brothers of the harbour."
    assert "spelling" not in kinds(before, before.replace("Iraq", other))


def test_a_tally_in_a_language_whose_words_are_not_known_accuses_nobody() -> None:
    filler = "El consejo se reunió por la noche en la biblioteca, y no fue la última de las peleas."
    before = "En el incendio del molino murieron 12 personas, dice la policía de la ciudad."
    diff = compare(paragraphs(filler, before), paragraphs(filler, before.replace("12", "18")))
    assert "altered" not in {label.name for label in summarise(diff).labels}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (
            "The council will vote on the plan for the mill.",
            "The council voted on the plan for the mill.",
            "developed",
        ),
        (
            "Der Rat wird am Freitag über den Plan abstimmen.",
            "Der Rat hat am Freitag über den Plan abgestimmt.",
            "developed",
        ),
        (
            "A person was hurt when the bus left the road.",
            "A woman was hurt when the bus left the road.",
            "precise",
        ),
        (
            "Skolbarnens resa till staden tar en timme med två byten.",
            "Skolbarnens bussresa till staden tar en timme med två byten.",
            "precise",
        ),
        (
            "About 30 people work at the mill by the river.",
            "32 people work at the mill by the river.",
            "precise",
        ),
        (
            "They saw the the mayor of the town by the mill.",
            "They saw the mayor of the town by the mill.",
            "spelling",
        ),
    ],
)
def test_what_came_true_was_told_exactly_or_put_right(before: str, after: str, kind: str) -> None:
    assert kind in kinds(before, after)
    assert "altered" not in kinds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "“She has her best storm boots on,” he said.",
            "“She has her best stormboots on,” he said.",
        ),
        (
            "“Nobody knows what föresgåtts there,” he said.",
            "“Nobody knows what försiggått there,” he said.",
        ),
        ("“They have sold their old mill,” he said.", "“They have sold this old mill,” he said."),
    ],
)
def test_words_joined_misspelt_or_small_in_a_quotation_accuse_nobody(
    before: str, after: str
) -> None:
    assert "altered" not in kinds(before, after)


def test_a_place_is_a_name_at_the_head_of_a_sentence_and_in_german() -> None:
    iran = "Iran said the ship had been stopped in the strait."
    assert kinds(iran, iran.replace("Iran", "Iraq"))["altered"] == [("Iran", "Iraq")]
    german = "Die Gespräche fanden in München statt und dauerten die ganze Nacht."
    assert kinds(german, german.replace("München", "Hamburg"))["altered"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "“It stood on its side when we came, but I cannot say more of it,” he said.",
            "“It stod on its side when we came,” he said.",
        ),
        ("– Branden ska vara släckt och ingen är skadad, säger Bo Ek.",
         "– Branden är släckt och ingen är skadad, säger Bo Ek."),
        ("The trains have run for more than 15 and are worn.",
         "The trains have run for more than 15 years and are worn."),
        ("For now it is a category 1 hurricane in the west.",
         "For now it is a category 2 hurricane in the west."),
        ("The storm is estimated to have cost 3.6 million barrels.",
         "The storm is estimated to have cost 4.2 million barrels."),
        ("– Vi måste tänka om säger Eva Ek fysioterapeut i Lund.",
         "– Vi måste tänka om säger Eva Ek sjukgymnast i Lund."),
    ],
)  # fmt: skip
def test_a_later_state_an_estimate_or_a_slip_accuses_nobody(before: str, after: str) -> None:
    assert "altered" not in kinds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "“We have no support for it here,” he said.",
            "“We have no pressure for it here. It is so,” he said.",
        ),
        (
            "“Inga ledare har ringt till oss om det,” säger hon.",
            "“Några ledare har ringt till oss om det,” säger hon.",
        ),
    ],
)
def test_a_sentence_of_a_quotation_is_judged_beside_its_own(before: str, after: str) -> None:
    assert "altered" in kinds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "“But nån must do it in the end,” he said.",
            "“But någon must do it in the end,” he said.",
        ),
        ("“We did not enkle know it then,” he said.", "“We did not enkelt know it then,” he said."),
    ],
)
def test_a_spoken_form_or_a_slip_in_a_quotation_accuses_nobody(before: str, after: str) -> None:
    assert "altered" not in kinds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The storm is moving north to the coast.", "The storm is moving south to the coast."),
        ("Police are looking for two men in it.", "Police are looking for three men in it."),
        ("Turnout stood at 32 percent at noon.", "Turnout stood at 45 percent at 3 p.m."),
        (
            "He has scored 12 goals in 15 games this season.",
            "He has scored 13 goals in 16 games this season.",
        ),
        ("The petition had 1,200 names on Friday.", "The petition had 2,300 names on Friday."),
        (
            "The film has been viewed 1.2 million times.",
            "The film has been viewed 1.5 million times.",
        ),
        ("Tre personer har förts till sjukhus nu.", "Fyra personer har förts till sjukhus nu."),
        (
            "Zehn Menschen wurden bei dem Unfall verletzt.",
            "Zwölf Menschen wurden bei dem Unfall verletzt.",
        ),
        (
            "La police recherche deux hommes après le vol.",
            "La police recherche trois hommes après le vol.",
        ),
        (
            "El incendio ha quemado 200 hectáreas de bosque.",
            "El incendio ha quemado 300 hectáreas de bosque.",
        ),
    ],
)
def test_who_is_looked_for_and_what_is_seen_so_far_accuses_nobody(before: str, after: str) -> None:
    for old, new in ((before, after), (after, before)):
        assert summarised(old, new).isdisjoint({"altered"})


def summarised(before: str, after: str) -> set[str]:
    """The labels of a text that is nothing but the passage."""
    return {
        label.name for label in summarise(compare(paragraphs(before), paragraphs(after))).labels
    }
