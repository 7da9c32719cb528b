"""What the Meridian Post publishes, and what it does to it afterwards."""

from __future__ import annotations

from newsdiff_crawler.demo.story import Revision, Story, inserted, moved, removed, replaced

TRAMS = Story(
    slug="vantry-tram-brakes-letters",
    section="Transport",
    first="""
# Tram builder knew of brake fault for a year, letters show

> City of Vantry was told that no vehicle was affected

By Leonie Marsh

The builder of Vantry’s new trams knew for more than a year that their brakes could fail in frost
before it told the city, according to letters released by a court on Tuesday.

Engineers at Osterlund Rail reported the fault after a test car slid 60 metres past its mark. The
city’s transport department heard of it thirteen months later.

In between, fourteen of the trams went into service. None has had an accident. All have now been
called back to the depot, and buses are running on Line 3.

^ A tram at the Mill Street terminus, where Line 3 has been closed since Sunday

The letters came to light in a dispute between the company and Halden Castings, which makes the
brake valves. One asks whether the test “needs to appear in the file at all”. The answer is not
among the papers.

Judith Arkwell, who heads the transport department, said that she had read them twice, “the
second time standing up”.

The drivers’ union said that its members had reported sluggish brakes on cold mornings since the
spring, and had been told to keep a greater distance.

Osterlund Rail denies that passengers were in danger. “These are letters from engineers to
engineers, and they are now being read by lawyers,” it said.

The council is to question the company’s directors in public on 4 December.
""",
    revisions=(
        Revision(
            2,
            "A paragraph is moved",
            (moved("Osterlund Rail denies", after="The builder of Vantry’s"),),
        ),
    ),
    walled=(3,),
)

SLEEP = Story(
    slug="street-lights-sleep-study",
    section="Science",
    first="""
# Street lights double the risk of bad sleep, study finds

> Eleven thousand households kept diaries for four weeks

By Oskar Venn

People who live beside bright street lights are twice as likely to sleep badly as people who
live in the dark, according to a study of 11,000 households in the Carrow Valley.

Researchers at the University of Lindmoor compared sleep diaries kept for four weeks with the
light measured by satellite at each address.

Those in the brightest tenth of streets fell asleep later, woke more often and were more likely
to say that they did not feel rested.

“We expected an effect of the light, but not one that survives curtains,” said Edda Thorne, who
led the work. “People adapt to noise. They do not seem to adapt to this.”

The authors allowed for traffic, income, age and pets. They could not allow for telephones,
which are bright as well, and nearer.

Carrow Valley council began to dim its lamps after midnight in the spring. It says that it saves
£90,000 a year, and has had four complaints, one of them from an owl society that wants more.

The study appears in the Lindmoor Journal of Public Health.
""",
    revisions=(
        Revision(
            3,
            "A correction, with a notice",
            (
                replaced(
                    "Street lights double the risk of bad sleep",
                    "Street lights linked to bad sleep",
                ),
                replaced(
                    "are twice as likely to sleep badly as",
                    "are 12 per cent more likely to sleep badly than",
                ),
                inserted(
                    """
Correction: an earlier version of this article said that bright street lights doubled the risk of
sleeping badly. The study found a rise of 12 per cent. Twice as many people were affected by noise.
""",
                    after="The study appears in",
                ),
            ),
            owned=True,
        ),
    ),
)

ARCHIVE = Story(
    slug="meridian-archive-reading-room",
    section="City",
    first="""
# City archive to shut its reading room and move to a warehouse

> Readers will order documents by form, and wait

By Leonie Marsh

Meridian’s city archive will close the reading room that it has kept open for 118 years and move
nine kilometres of shelves to a warehouse beside the ring road.

Readers will order documents by form. They will come, the city says, “as a rule within ten working
days”. At present they come in about as many minutes.

The warehouse belongs to Quillon Storage, which was given the contract without a tender. Its
chairman, the council’s register shows, is a brother-in-law of the deputy mayor.

The deputy mayor’s office said that the building on Canal Street needed a new roof, that the roof
would cost £2.1m, and that a warehouse had one already.

“A reading room is where you find the thing you did not ask for,” said Ottilie Brandt, a historian
who has worked there since 1988. “No form has a box for that.”

The archive holds the city’s council minutes since 1604, the drowned parish’s registers, and the
only known map of the old harbour. Four thousand people used it last year.

A petition against the move had 6,200 names on Thursday evening. The archivists, who may not sign
it, have put up a photocopy of it beside the door.
""",
    revisions=(
        Revision(2, "A paragraph is removed", (removed("The warehouse belongs to Quillon"),)),
        Revision(
            4,
            "The earlier text comes back",
            (
                inserted(
                    """
The warehouse belongs to Quillon Storage, which was given the contract without a tender. Its
chairman, the council’s register shows, is a brother-in-law of the deputy mayor.
""",
                    after="Readers will order documents by form. They",
                ),
            ),
            label="reverted",
        ),
    ),
)

STORM = Story(
    slug="storm-ebba-power-cuts",
    section="Weather",
    published=2,
    first="""
# Storm Ebba leaves 12,000 homes without power

By Samir Holt

Some 12,000 homes are without power after Storm Ebba came ashore north of Port Ellery in the early
hours with winds of up to 130 kilometres an hour.

The bridge at Carrow Foot has been swept away, according to reports that could not be confirmed.

Schools in four districts will stay closed. Trains between Meridian and the coast are not running,
and the railway asked travellers not to set out.

At Port Ellery the harbour master had the fishing fleet moved up the river before dark. “Not one
boat scratched,” he said. “The skippers complained about the mud. I can live with mud.”

The wind is expected to ease in the afternoon. Rain will go on until tomorrow, and the valleys have
been told to watch their rivers.
""",
    revisions=(
        Revision(
            3,
            "A figure is brought up to date and a paragraph added",
            (
                replaced("leaves 12,000 homes", "leaves 31,000 homes"),
                replaced("Some 12,000 homes", "Some 31,000 homes"),
                inserted(
                    """
In Lindmoor a plane tree that had stood before the town hall since 1790 fell into the market square.
Nobody was hurt. The clock stopped at 4.17, and the council says that it will leave it so for now.
""",
                    after="Schools in four districts",
                ),
            ),
            owned=True,
        ),
        Revision(4, "A report that was wrong is dropped", (removed("The bridge at Carrow Foot"),)),
        Revision(
            5,
            "The next day’s headline",
            (
                replaced(
                    "Storm Ebba leaves 31,000 homes without power", "Power returns after Storm Ebba"
                ),
                replaced(
                    "Some 31,000 homes are without power after",
                    "All but 900 of 31,000 homes have power again after",
                ),
                replaced(
                    "The wind is expected to ease in the afternoon. Rain will go on",
                    "The wind has eased. Rain will go on",
                ),
            ),
            owned=True,
        ),
    ),
)

TYPEWRITERS = Story(
    slug="lindmoor-typewriter-repairer",
    section="Life",
    first="""
# The last man in Lindmoor who mends typewriters

> “Nobody ever brought me one because it was slow”

By Samir Holt

Behind the bus station in Lindmoor, under a sign that says only “Machines”, Ivo Castellan takes a
typewriter apart on a tea towel. He is 81, and the machine is older.

There were nine workshops like his in the town when he began as an apprentice. He is the only one
left, and the waiting list is four months.

His customers are novelists, registrars who do not trust the printer, a prison, and teenagers.
“The teenagers are the best,” he says. “They hit the keys as if they meant it.”

He has no spare parts that were not once part of something else. The drawers are labelled by sound:
rattle, scrape, thud, bell.

A machine that has been repaired properly, he says, does not feel repaired. It feels as if it had
been waiting.

He has been asked to teach, and would like to. The course would take three years. Until now, all
those who asked wanted a weekend.
""",
)

STORIES = (TRAMS, SLEEP, ARCHIVE, STORM, TYPEWRITERS)
