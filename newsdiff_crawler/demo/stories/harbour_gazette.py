"""What the Harbour Gazette of Port Ellery publishes, and what it does to it afterwards."""

from __future__ import annotations

from newsdiff_crawler.demo.story import Revision, Story, inserted, removed, replaced

FERRY = Story(
    slug="night-ferry-skerrow",
    section="Islands",
    first="""
# Night ferry to Skerrow axed after 61 years

> Islanders learned of it from a notice on the slipway

By Ines Calloway

The night ferry between Port Ellery and Skerrow, the only way off the island after six in the
evening, will make its last crossing on 31 March, its operator said on Friday.

Breakwater Line, which has run the boat for 61 years, said that it carried nine passengers on
an average night and lost £410,000 a year.

The company pinned a notice to the board on the Skerrow slipway on Thursday evening. Islanders
said that it was the first they had heard of it.

“I read it by torchlight, with my shopping in my hand,” said Maud Tierney, 72, who crosses
twice a week to visit her husband in the cottage hospital. “Sixty-one years, and they tell us
with a drawing pin.”

“They have decided that an island goes to bed at six,” said Aled Fenwick, who was master of the
boat until June. “This is a company that has stopped liking the sea.”

Some 340 people live on Skerrow. Eleven of them work the night shift at the fish market in Port
Ellery and would have to find beds on the mainland.

## No talks before January

The county council, which paid £180,000 towards the boat last year, said that it had asked for
“an urgent meeting”. The earliest date that both sides could offer was 12 January.

A spokesman for Breakwater Line said that the daytime sailings were safe “for the foreseeable
future”, and that a freight boat would carry urgent medical supplies at any hour.

Islanders have called a meeting in the net loft on Sunday at three. The last ferry home leaves
at half past five.
""",
    revisions=(
        Revision(
            2,
            "The headline is softened",
            (
                replaced("to Skerrow axed after", "to Skerrow under review after"),
                replaced("will make its last crossing", "may make its last crossing"),
            ),
        ),
        Revision(4, "A quote is taken out", (removed("“They have decided that an island"),)),
    ),
)

SEA_WALL = Story(
    slug="sea-wall-repair-cost",
    section="Council",
    first="""
# Sea wall repair to cost £4.2m, councillors told

> Engineers find hollows behind the promenade “that you could park a van in”

By Tom Garrity

Repairing the storm-damaged sea wall at Port Ellery will cost £4.2m and close half of the
promenade for two summers, councillors were told on Monday.

Divers who spent six weeks inspecting the Victorian wall found eleven hollows behind its facing
stones, the largest of them 14 metres long.

“You could park a van in it, and then a second van,” the county engineer, Ruth Maddern, told
the harbour committee. “That wall is standing because it is in the habit of standing.”

The committee was asked to choose between three plans:

* Fill the worst of the hollows now, and come back every third winter

* Rebuild the 220 metres between the slipway and the lifeboat station

* Move the promenade eight metres inland, and let the old wall go

Members voted by seven to two for the second.

The council has set £3.5m aside. The rest would have to come from its reserves, or from the levy
on moorings that was dropped last year after boat owners blockaded the fuel berth.

Denzil Pryce, who has sold ice cream on the promenade for 30 years, said that two summers behind
a fence would finish him. “I am not against walls,” he said. “I am against Augusts with nobody
in them.”

Work is to begin in the week after Easter.
""",
    revisions=(
        Revision(
            3,
            "A figure is changed",
            (
                replaced("repair to cost £4.2m", "repair to cost £6.8m"),
                replaced("will cost £4.2m", "will cost £6.8m"),
            ),
        ),
        Revision(5, "A silent correction", (replaced("by seven to two", "by six to three"),)),
    ),
)

DIARIES = Story(
    slug="cold-ness-lighthouse-diaries",
    section="Heritage",
    first="""
# Keeper’s diaries found in wall of Cold Ness light

> Forty-one notebooks tell of storms, a wreck and a long quarrel with a goat

By Ines Calloway

Builders who took out a damp partition at Cold Ness lighthouse have found 41 notebooks kept by
one of its last keepers and hidden, it seems, from his assistants.

Josiah Penhallow kept the light from 1911 to 1934. His notebooks, wrapped in oilcloth, and packed
into biscuit tins, give the weather four times a day and his opinions rather more often.

“He is very hard on the assistant keepers, and very fair to the seals,” said Hanna Orde,
archivist at the Port Ellery museum, who has read eleven of them so far.

The loss of the coaster Annie Wharram, on 3 February 1922, takes him eleven words: “Annie Wharram
on the Teeth at four. All saved. Goat too.”

The goat went on to eat his cabbages for six years. It is mentioned 212 times.

## A quiet man, except on paper

Bess Laity, 88, his granddaughter, said that the family had always believed the diaries were
burned. “He was a quiet man, except on paper,” she said. “I can hear him in it. Complaining,
mostly.”

The Coastal Lights Trust, which owns the tower, said that the notebooks would go to the museum
once they were dry, which takes about a year.

The first of them will be shown in spring. The goat’s bell was in one of the tins as well.
""",
    revisions=(
        Revision(
            2,
            "A comma",
            (replaced("wrapped in oilcloth, and", "wrapped in oilcloth and"),),
            label="cosmetic",
        ),
        Revision(
            4,
            "A paragraph is added",
            (
                inserted(
                    """
A descendant of the ship’s cook has since come forward. The goat, said Walter Wharram, 79, of
Vantry, was called Admiral, and had been on its way to a cousin’s wedding.
""",
                    after="The goat went on to eat",
                ),
            ),
            owned=True,
        ),
    ),
)

HOTEL = Story(
    slug="corvane-bay-hotel-foreshore",
    section="Council",
    first="""
# Hotel’s new wing stands on town’s beach, old map shows

> Register and developer disagree by nine metres of foreshore

By Tom Garrity

The new wing of the Corvane Bay hotel stands on nine metres of beach that belong to the town,
according to a map of 1987 that the Harbour Gazette has seen.

The map, signed by the hotel’s owner at the time, puts the boundary at the foot of the old
terrace steps. The wing, opened in June, begins at the steps and ends beyond the high-water mark.

Corvane Leisure, which bought the hotel in 2019, told planners that the land was “in our
undisputed ownership”. No other map was attached to the application.

“I have walked my dog across that dining room for thirty years,” said Perran Goss, who lives in
Corvane Terrace. “It was not a dining room then.”

The council said that it would compare the two maps. It could not say where its own copy was.

Corvane Leisure did not reply to questions put to it on Tuesday. On Wednesday its solicitors
asked for the name of the person who had shown us the map.
""",
    gone=2,
)

STORIES = (FERRY, SEA_WALL, DIARIES, HOTEL)
