"""What is the story's and what is the site's, told on pages of a publisher with a plain parser."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing import Page, Parser

FIRST = "The lighthouse keeper of Gull Rock has sold the lamp to a museum on the mainland."
SECOND = "Nobody in the village had been told, and the harbour master said that he was sorry."
THIRD = "The museum will show the lamp from May, beside the boat that it failed to warn."
LINKS = '<ul><li><a href="/a">Ferry fares rise</a></li><li><a href="/b">Gull arrested</a></li></ul>'


class Plain(Parser):
    name = "plain/1"
    body = ".story"


class Picky(Plain):
    paragraph = ".story .text"


class PlainWithAsides(Plain):
    own = "aside"


def texts(amid: str, parser: type[Parser] = Plain, after: str = "") -> list[str]:
    story = f"<p>{FIRST}</p><p>{SECOND}</p>{amid}<p>{THIRD}</p>"
    html = f'<article><h1>Lamp sold</h1><div class="story">{story}</div>{after}</article>'
    return [block.text for block in parser().parse(Page(html, "https://a.example/1")).body]


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h3>From our archive</h3>{LINKS}</aside>",
        f"<nav>{LINKS}</nav>",
        f'<div role="complementary"><p>{SECOND[:40]}</p></div>',
        f'<div class="related-stories"><p>{SECOND[:40]}</p></div>',
        f"<h3>Most read</h3>{LINKS}",
        f"<p><b>Mehr zum Thema</b></p>{LINKS}",
        LINKS,
        "<section><p>You may like</p><div><a href='/x'><h4>Ferry fares</h4></a></div></section>",
        "<div><h4><a href='/x'>Ferry fares</a></h4><p>What it costs to cross, and why.</p></div>",
        "<div><h3>The Lamp</h3><p>Each day at seven.</p><form><button>Go</button></form></div>",
        "<div><p>Hear it read</p><audio src='/a'></audio></div>",
        "<figure><video src='/v'></video><figcaption>The lamp at night</figcaption></figure>",
        "<div><p>Anzeige</p><p>Boots, now a fifth off</p></div>",
        "<h3>Was it right?</h3><ul><li>Yes 61%</li><li>No 39%</li></ul>",
        "<div><h3>Was it right?</h3><form><label><input type=radio>Yes</label></form></div>",
        '<p>READ MORE: <a href="/x">Ferry fares rise</a></p>',
        '<p><a href="/x">Why ferry fares rise in June</a></p>',
        '<p>Sign up to <a href="/nl">our free newsletter</a>.</p>',
        "<p hidden>For the app only, says the editor.</p>",
        '<p style="visibility: hidden">For the app only, says the editor.</p>',
        '<ul><li><a href="/x">Ferry fares rise</a> <time>3 hours ago</time></li></ul>',
        "<article><h1>Ferry fares rise</h1><p>They rise in June, said the company.</p></article>",
        "<article><h2>Ferry fares rise</h2><p>They rise in June, said the company.</p></article>",
        "<div><a href='/x'>Why ferry fares rise in June</a><p>What it costs to cross.</p></div>",
        "<ul>"
        + 2 * "<li><a href='/x'>Why ferry fares rise in June</a> What it costs to cross it.</li>"
        + "</ul>",
        "<p><a href='/x'>Why ferry fares rise in June</a><b>What it costs to cross it.</b></p>",
        "<figure><a href='/x'><img></a><figcaption>Video: Ferry fares rise</figcaption></figure>",
        "<div itemtype='https://schema.org/VideoObject' itemscope><p>Ferry fares rise</p></div>",
        "<div><h5><a href='/x'>Ada Lamp</a></h5><p>Ada Lamp writes of the sea for us.</p></div>",
        "<div><h4>The mug of the rock</h4><p>Now for £9</p><a href='/x'>At the shop</a>"
        "<p>We earn a commission.</p></div>",
        f"<div><h4>Key points</h4>{LINKS}{LINKS}<p>Made by a machine, we say.</p></div>",
        "<div><h3>The Lamp</h3><p>Each day at seven.</p><a href='/nl'>Sign up</a></div>",
        "<div><p>Hear more of it</p><div><input type=email><span>Go</span></div></div>",
        '<p style="DISPLAY : NONE">For the app only, says the editor.</p>',
        '<p style="position: absolute; left: -9999px">For the app only, says the editor.</p>',
        '<p style="clip: rect(0 0 0 0)">For the app only, says the editor.</p>',
        '<p class="visuallyhidden">For the app only, says the editor.</p>',
        "<p>Updated: Sep 10, 2026, 11:45 IST</p>",
        '<div role="tooltip">A lamp is a light for ships.</div>',
        "<h3>More on this story</h3><p><a href='/a'>Why ferry fares rise in June</a></p>",
        "<div><p>Was it right?</p><ul><li><button>Yes</button></li></ul><p>1,204 votes</p></div>",
        "<h3>Was it right?</h3><div>Yes<span>61%</span></div><div>No<span>39%</span></div>",
        "<h3>Quite new</h3><div><a href='/a'>Why ferry fares rise in June</a></div>"
        "<div><a href='/b'>Gull arrested at the harbour again</a></div>",
        "<p>Der Artikel geht nach der Anzeige weiter.</p>",
        "<p>Diesen Artikel anhören (6 Min.)</p>",
        "<x-card><p>Hear it read</p><audio src='/a'></audio></x-card>",
        "<dialog><p>For the app only, says the editor.</p></dialog>",
        '<p style="opacity: 0">For the app only, says the editor.</p>',
        '<p style="font-size:0">For the app only, says the editor.</p>',
        "<div><h3>The Lamp</h3><p>A night in the town hall.</p><a href='/e'>Karten holen</a></div>",
        "<h3>Quite new</h3><p><a href='/a'>Why ferry fares rise in June</a></p>"
        "<p><a href='/b'>Gull arrested at the harbour again</a></p>",
        "<div><p>Ann Lee</p><p>She writes of lamps. <a href='/a'>Voir ses articles</a></p></div>",
        "<div><p>A puzzle waits.</p><p><a href='/a'>Play it now</a></p></div>",
        "<div><p>Save it for later.</p><a href='/a'>Log in</a> <a href='/b'>Join us</a></div>",
        "<details><summary>Why trust us</summary><p>We have a code of ethics. <a href='/a'>Read our"
        " standards</a>.</p></details>",
        "<p>For more on the rock, read <a href='/a'>Why ferry fares rise in June</a></p>",
        "<blockquote><p>It is lit.</p>— The Keeper (@keeper) <a href='/a'>3 May</a></blockquote>",
        "<p>Earlier this week:</p><p><a href='/a'>Why ferry fares rise in June</a></p>",
        "<p>WATCH | The lamp is lit for the last time</p>",
        '<p class="banner">Now with more lamps</p>',
        '<div class="share"><p>Tell the others.</p><a href="/x">X</a></div>',
        "<figure><h4>The Lamp</h4><p>Each day.</p><form><button>Go</button></form></figure>",
        '<div class="x" itemtype="https://schema.org/Person"><b>Ann Lee</b><p>She writes of lamps.'
        '</p><a href="/lee">X</a></div>',
        '<div class="x"><a href="/a" rel="sponsored nofollow">A brass lamp</a><b>Now 9 crowns</b>'
        '<p class="y">Prices are of today.</p></div>',
        f'<blockquote class="twitter-tweet"><p>{SECOND * 2}</p>Ann (@ann) <a href="/t">3 May</a>'
        "</blockquote>",
    ],
)
def test_what_is_the_sites_is_left_out(box: str) -> None:
    assert texts(box) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("amid", "expected"),
    [
        ("<p>He denies it.</p>", ["He denies it."]),
        ("<h2>Related costs</h2>", ["Related costs"]),
        ("<div><h3>The letter</h3><p>Sir, keep it.</p></div>", ["The letter", "Sir, keep it."]),
        ("<ul><li>Built in 1861</li><li>61% stone</li></ul>", ["Built in 1861", "61% stone"]),
        (
            '<ul><li>The <a href="/r">report</a> of May</li><li><a href="/s">Bill</a>, due</ul>',
            ["The report of May", "Bill, due"],
        ),
        (
            '<p>The question: <a href="/x">who knew of it?</a></p>',
            ["The question: who knew of it?"],
        ),
        (
            '<p><a href="/x">The harbour master has asked the museum for the lamp.</a></p>',
            ["The harbour master has asked the museum for the lamp."],
        ),
        ("<p>Copyright law says nothing of lamps.</p>", ["Copyright law says nothing of lamps."]),
        (
            "<p>Sign up to the scheme by May, he said.</p>",
            ["Sign up to the scheme by May, he said."],
        ),
        ('<p>It was <a class="ad" href="/x">sold</a> at noon.</p>', ["It was sold at noon."]),
        ('<p id="ad31">It was sold at noon.</p>', ["It was sold at noon."]),
        (
            '<section id="share-of-light"><h2>Share of light</h2><p>It fell by half.</p></section>',
            ["Share of light", "It fell by half."],
        ),
        (
            "<p><b>3 May</b></p><p>The lamp is lit.</p><p><b>7 May</b></p><p>It is sold.</p>",
            ["3 May", "The lamp is lit.", "7 May", "It is sold."],
        ),
        ("<b>The price</b>", ["The price"]),
        ("<p>Who knew?</p><ul><li>The keeper</li></ul>", ["Who knew?", "The keeper"]),
        (
            "<x-text>It was sold at noon, they say.</x-text>",
            ["It was sold at noon, they say."],
        ),
        (
            "<p>The <x-term>Fresnel lens</x-term> is of glass.</p>",
            ["The Fresnel lens is of glass."],
        ),
        (
            "<div><p>The lamp is lit at six.</p><ul><li><a href='/r'>Rules of light</a>, "
            "of 1861</li></ul></div>",
            ["The lamp is lit at six.", "Rules of light, of 1861"],
        ),
        (
            '<div style="font-size:0"><div style="font-size:1rem"><p>It is lit.</p></div></div>',
            ["It is lit."],
        ),
        (
            '<div class="shared-light" id="share"><h2>Who pays</h2><p>They share it, he said.</p>'
            "</div>",
            ["Who pays", "They share it, he said."],
        ),
        ('<p class="popup_text">It is lit at six, he said.</p>', ["It is lit at six, he said."]),
        (
            '<p class="footnote">* The log speaks of 300 lamps; forty were found broken.</p>',
            ["* The log speaks of 300 lamps; forty were found broken."],
        ),
        (
            '<div class="factbox"><p>It is of glass, he said.</p></div>',
            ["It is of glass, he said."],
        ),
        (
            '<p>He gave <a href="/r">the annual report of the museum</a> and a letter</p>',
            ["He gave the annual report of the museum and a letter"],
        ),
        ("It was sold at noon, they say.", ["It was sold at noon, they say."]),
        ("<div class='pull-quote'><p>“I am sorry.”</p></div>", ["“I am sorry.”"]),
        (
            "<ul><li><a href='/x'>The ruling on the lamp of the rock</a> allows it.</li></ul>",
            ["The ruling on the lamp of the rock allows it."],
        ),
        (
            "<figure><img><figcaption>The video shows the lamp: Bo Rock</figcaption></figure>",
            ["The video shows the lamp: Bo Rock"],
        ),
        (
            '<div><p>Try <a href="/a" rel="sponsored">the brass lamp</a> for its light.</p></div>',
            ["Try the brass lamp for its light."],
        ),
        (
            '<p>Of <a href="#n1">1,200</a> lamps <a href="#n3">12</a> burn.</p>',
            ["Of 1,200 lamps 12 burn."],
        ),
        (
            '<div itemtype="https://schema.org/Person"><p>The keeper was born in 1931.</p></div>',
            ["The keeper was born in 1931."],
        ),
        (
            '<div><p><a href="/berg">Anna Berg</a></p><p>Anna Berg pleaded guilty today.</p></div>',
            ["Anna Berg pleaded guilty today."],
        ),
        (
            '<p>Did you see the lamp? <a href="/p">Contact police online</a>.</p>',
            ["Did you see the lamp? Contact police online."],
        ),
        (
            '<p>Few were lit.<sup><a href="#n1">[1]</a></sup> One burns. <a href="#n2">↩</a></p>',
            ["Few were lit. One burns."],
        ),
        (
            '<section class="footnotes" role="doc-endnotes"><ol><li>The log of 1911 says so. '
            '<a href="#r1">↩</a></li></ol></section>',
            ["The log of 1911 says so."],
        ),
        (
            "<div><h4>Ada Lamp</h4><p>Ada Lamp has led the museum since May.</p></div>",
            ["Ada Lamp", "Ada Lamp has led the museum since May."],
        ),
    ],
)
def test_what_is_the_storys_is_read(amid: str, expected: list[str]) -> None:
    assert texts(amid) == [FIRST, SECOND, *expected, THIRD]


@pytest.mark.parametrize(
    ("amid", "expected"),
    [
        ("<div>The lamp is of brass and glass.</div>", ["The lamp is of brass and glass."]),
        ("<section>The lamp is of brass and glass.</section>", ["The lamp is of brass and glass."]),
        (
            "<details><summary>Why?</summary>Nobody in the village knows.</details>",
            ["Nobody in the village knows."],
        ),
        (
            "<div><div>3 May</div><p>It is sold.</p></div>"
            "<div><div>9 May</div><p>It goes.</p></div>",
            ["3 May", "It is sold.", "9 May", "It goes."],
        ),
        (
            '<p><i aria-hidden="true">The</i><i class="sr-only">The</i> lamp is old.</p>',
            ["The lamp is old."],
        ),
        (
            '<div id="menu"><h3>Menu</h3><p>Soup, said the keeper.</p></div>',
            ["Soup, said the keeper."],
        ),
        (
            '<div id="nav_the-channel"><h3>The channel</h3><p>It is deep, he said.</p></div>',
            ["It is deep, he said."],
        ),
        (
            "<p><a href='/a'>He said</a>: <a href='/b'>“I was never told.”</a></p>",
            ["He said: “I was never told.”"],
        ),
        (
            "<h3><button>Who paid?</button></h3><p>The museum did.</p>",
            ["Who paid?", "The museum did."],
        ),
    ],
)
def test_the_storys_words_are_read_in_whatever_they_stand(amid: str, expected: list[str]) -> None:
    read = texts(amid)
    assert [text for text in read if text in expected] == expected


def test_a_short_quotation_stays_though_who_said_it_does_not() -> None:
    quotation = "<blockquote><p>“It is safe.”</p><footer>— Ann Lee, keeper</footer></blockquote>"
    assert texts(quotation) == [FIRST, SECOND, "“It is safe.”", THIRD]


def test_a_box_that_is_named_as_it_is_headed_is_the_sites_all_the_same() -> None:
    box = '<div class="newsletter"><h3>Newsletter</h3><p>What the coast reads, at seven.</p></div>'
    assert texts(box) == [FIRST, SECOND, THIRD]


def test_a_story_in_a_box_of_its_own_at_the_end_is_another() -> None:
    other = f"<div><header><h1>Fares rise</h1></header><div><p>{SECOND} Again.</p></div></div>"
    html = f'<div class="story"><p>{FIRST}</p><p>{SECOND}</p>{other}</div>'
    parsed = Plain().parse(Page(html, "https://a.example/1"))
    assert [block.text for block in parsed.body] == [FIRST, SECOND]
    assert f"{SECOND} Again." in texts(other)  # in the midst it is a part


def test_parts_of_a_story_may_have_headlines_of_the_first_rank() -> None:
    parts = f"<section><h1>The sale</h1><p>{SECOND} Twice.</p></section>"
    assert f"{SECOND} Twice." in texts(parts)


def test_a_notice_above_the_story_comes_first() -> None:
    notice = "Correction: an earlier version of this article gave the wrong rock."
    html = f'<article><div><p>{notice}</p></div><div class="story"><p>{FIRST}</p></div></article>'
    parsed = Plain().parse(Page(html, "https://a.example/1"))
    assert [block.text for block in parsed.body] == [notice, FIRST]


def test_a_pull_quote_that_the_text_has_is_left_out() -> None:
    quote = "<blockquote>“Nobody in the village had been told”</blockquote>"
    assert texts(quote) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version of this story gave a wrong price for the lamp.",
        "This article was amended on 4 May to say that the lamp was sold, not lent.",
        "Anmerkung der Redaktion: In einer früheren Fassung stand ein falscher Preis.",
        "Rectificatif : la version initiale de cet article donnait un autre prix.",
    ],
)
@pytest.mark.parametrize("around", ["<aside><p>{}</p></aside>", "<footer><p>{}</p></footer>"])
def test_a_correction_is_text_wherever_it_stands(around: str, notice: str) -> None:
    assert notice in texts(around.format(notice))
    assert texts("", after=around.format(notice)) == [FIRST, SECOND, THIRD, notice]


def test_a_correction_goes_with_the_word_that_opens_it() -> None:
    text = "Because of an editing error, an earlier version of this article gave a wrong price."
    notice = f"<div><strong>Correction:</strong> <p>{text}</p></div>"
    box = f"<div class=end>{notice}<div>Reprints</div></div>"
    assert texts("", after=box)[-1] == f"Correction: {text}"


def test_a_source_may_say_that_a_box_is_its_story() -> None:
    aside = f"<aside><p>{SECOND[:40]}</p></aside>"
    assert texts(aside, PlainWithAsides) == [FIRST, SECOND, SECOND[:40], THIRD]


@pytest.mark.parametrize(
    ("amid", "expected"),
    [
        ("<p>It was sold.</p>", ["It was sold."]),
        ("<div><p>We keep it.</p><p>You pay.</p></div>", ["We keep it.", "You pay."]),
        ("<p>Ann Lee, Gull Rock</p>", []),
        ("<header><p>What became of the lamp.</p></header>", []),
    ],
)
def test_a_sentence_is_read_in_a_paragraph_that_no_selector_names(
    amid: str, expected: list[str]
) -> None:
    named = "".join(f'<p class="text">{text}</p>' for text in (FIRST, SECOND, THIRD))
    html = f'<h1>Lamp sold</h1><div class="story">{named}{amid}</div>'
    parsed = Picky().parse(Page(html, "https://a.example/1"))
    assert [block.text for block in parsed.body] == [FIRST, SECOND, THIRD, *expected]


def test_what_hides_the_whole_story_is_ignored() -> None:
    hidden = f"<div hidden><p>{FIRST}</p><p>{SECOND}</p></div>"
    html = f'<h1>Lamp sold</h1><div class="story">{hidden}</div>'
    article = Plain().parse(Page(html, "https://a.example/1"))
    assert [block.text for block in article.body] == [FIRST, SECOND]


def test_the_next_story_below_is_another() -> None:
    other = "<article><h1>Ferry</h1><p>Fares rise in June, they said.</p></article>"
    html = f"<main><article><h1>Lamp sold</h1><p>{FIRST}</p></article>{other}</main>"

    class WholeArticle(Plain):
        body = "article"

    article = WholeArticle().parse(Page(html, "https://a.example/1"))
    assert [block.text for block in article.body] == [FIRST]


def test_a_headline_is_read_once_though_a_copy_is_hidden() -> None:
    html = "<h1><span hidden>Lamp sold</span><span>Lamp sold</span></h1><div class=story></div>"
    assert Plain().parse(Page(html, "https://a.example/1")).title == "Lamp sold"


def test_a_form_in_a_box_within_a_quotation_is_the_boxs() -> None:
    offer = "<p>Each day at seven to your door, and on Sundays a second one as well.</p>"
    form = f"<h3>The Lamp</h3>{offer}<input type=email><button>Go</button>"
    quoted = f"<blockquote><p>I am sorry.</p><div>{form}</div><p>So sorry.</p></blockquote>"
    assert texts(quoted) == [FIRST, SECOND, "I am sorry.", "So sorry.", THIRD]


def test_a_story_that_is_faded_in_is_read() -> None:
    faded = "".join(f'<p style="opacity:0">{text}</p>' for text in (FIRST, SECOND, THIRD))
    page = Page(f'<h1>Lamp sold</h1><div class="story">{faded}</div>', "https://a.example/1")
    assert [block.text for block in Plain().parse(page).body] == [FIRST, SECOND, THIRD]
