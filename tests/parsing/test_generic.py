"""The parser for pages that no publisher's own parser fits. Whole pages: tests/pages/generic-*."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, generic, read
from newsdiff_crawler.text import normalise
from tests.support.pages import SAVED_PAGES, mutated

URL = "https://herald.example/story/1"
FIRST = "The bridge over the river was closed on Monday, because a goat had moved in under it."
SECOND = "“We will not negotiate with it,” said the mayor, who crossed by boat on the same day."
THIRD = "The goat has been given until Friday, when the bridge is wanted for the village choir."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
OWN = [file.read_text("utf-8") for file in SAVED_PAGES if file.stem.startswith("generic-")]


def article(
    body: str, head: str = "<title>A goat closes the bridge - Herald</title>"
) -> ParsedPage:
    page = f"<html><head>{head}</head><body><h1>A goat closes the bridge</h1>{body}</body></html>"
    return read(Page(page, URL), generic.PARSERS)


def texts(body: str, head: str = "") -> list[str]:
    return [block.text for block in article(body, head).body]


def stated(**facts: Any) -> str:
    story = json.dumps({"@type": "NewsArticle", **facts}).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{story}</script>'


@pytest.mark.parametrize(
    "page",
    [
        f"<article>{STORY}</article>",
        f"<div><div>{STORY}</div></div>",
        f"<div><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div>",
        f"<div>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>",
        f"<table><tr><td>Menu</td><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr></table>",
        f"<div><section>{STORY}</section><hr></div>",
        f"<ul><li>{FIRST}</li><li>{SECOND}</li><li>{THIRD}</li></ul>",
        f'<div class="p-1"><p>{FIRST}</p></div><i>x</i><div class="p-1"><p>{SECOND}</p><p>{THIRD}'
        "</p></div>",
    ],
)
def test_text_is_read_whatever_holds_it(page: str) -> None:
    assert texts(f"<div>{page}</div>") == [FIRST, SECOND, THIRD]


def test_a_story_of_which_the_rest_has_a_box_of_its_own_is_read_from_its_beginning() -> None:
    def paragraph(text: str) -> str:
        return f'<p class="txt">{text}</p>'

    rest = paragraph(SECOND) + paragraph(THIRD) * 3
    page = f'<div>{paragraph(FIRST)}<span class="paywall">{rest}</span></div>'
    assert texts(page)[:3] == [FIRST, SECOND, THIRD]


HERRING = "The fleet came home with full holds for the third week running, said the fish market."
WIDGET = '<div class="widget widget-text" id="{0:x}f-{0}ad"><div class="in"><p>{1}</p></div></div>'


def test_a_story_whose_every_paragraph_stands_in_a_widget_is_one() -> None:
    aside = f'<div class="widget widget-nav"><p>{HERRING}</p></div>'
    story = "".join(WIDGET.format(at, text) for at, text in enumerate((FIRST, SECOND, THIRD), 10))
    assert texts(f"<main>{story}</main>{aside}") == [FIRST, SECOND, THIRD]


def test_a_gallery_beside_a_story_is_none_of_it_however_long() -> None:
    slides = "".join(f"<li><h2>{at}/9 May</h2><p>{HERRING}</p></li>" for at in range(1, 10))
    story = f"<p>{STORY}</p><p>{THIRD * 6}</p>"
    page = f'<h1>Lamp sold</h1>{story}<div><ul class="legends">{slides}</ul></div>'
    assert HERRING not in texts(page)


def test_a_gallery_that_is_the_story_is_read() -> None:
    slides = "".join(f"<li><h2>{at}/9 May</h2><p>{HERRING}</p></li>" for at in range(1, 10))
    assert HERRING in texts(f"<h1>Lamps</h1><article><ul>{slides}</ul></article>")


def test_a_line_above_the_headline_is_none_of_the_text() -> None:
    html = f"<article><p>Harbour</p><h1>Goat closes the bridge</h1>{STORY}</article>"
    body = read(Page(html, URL), generic.PARSERS).body
    assert [block.text for block in body] == [FIRST, SECOND, THIRD]


def test_a_story_begins_before_what_is_behind_the_wall() -> None:
    rest = [SECOND, THIRD, HERRING, *(f"{HERRING} And {at}." for at in range(5))]
    behind = f'<span class="paywall">{"".join(map("<p>{}</p>".format, rest))}</span>'
    page = f"<article><ul><li>Copy link</li></ul><p>{FIRST}</p>{behind}<p>Ada Lee</p></article>"
    assert texts(page) == [FIRST, *rest]


def test_the_next_story_may_stand_right_behind_its_headline() -> None:
    box = '<div class="article-body">{}</div>'
    own = box.format(f"{STORY}<p>{THIRD} Twice.</p>")
    other = box.format(f"<p>{HERRING}</p><p>{HERRING} So.</p>")
    other = f"<h1>The herring is back</h1>{other}"
    story = [block.text for block in article(f"<main>{own}<hr>{other}</main>").body]
    assert story == [FIRST, SECOND, THIRD, f"{THIRD} Twice."]


@pytest.mark.parametrize("heading", ["March {}", "{}", "marzo de {}", "Mai {}:"])
def test_months_head_the_entries_of_a_chronology(heading: str) -> None:
    entry = "<div class='e'><div>{}</div><p>{}</p></div>"
    dates = [heading.format(year) for year in (2017, 2019)]
    timeline = "".join(map(entry.format, dates, [SECOND, THIRD]))
    assert texts(f"<article>{STORY}<div>{timeline}</div></article>")[3:] == [
        dates[0], SECOND, dates[1], THIRD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headline", "read_as"),
    [
        ('<span class="sr-only">Article: </span>A goat moves in', "A goat moves in"),
        ('Bridge<span class="visually-hidden">: </span>A goat moves in', "Bridge: A goat moves in"),
        ('<span class="sr-only">A goat moves in</span>', "A goat moves in"),
    ],
)
def test_words_for_screen_readers_alone_are_no_headline(headline: str, read_as: str) -> None:
    page = f"<article><h1>{headline}</h1>{STORY}</article>"
    assert read(Page(page, URL), generic.PARSERS).title == read_as


def test_a_story_that_react_streams_is_read_where_it_belongs() -> None:
    shell = '<article><!--$?--><template id="B:0"></template><p>Loading</p><!--/$--></article>'
    assert texts(f'{shell}<div hidden id="S:0">{STORY}</div>') == [FIRST, SECOND, THIRD]


CARDS = {
    "headings": '<article><a href="/{0}"><h3>Story {0} of the port</h3></a>'
    "<p>{1} {0}</p></article>",
    "links": '<div><div><a href="/{0}">Story {0} of the port and its men</a></div>'
    "<p>{1} {0}</p></div>",
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_short_story_is_read_beside_many_teasers(card: str) -> None:
    cards = "".join(card.format(at, HERRING) for at in range(20))
    assert texts(f"<main><article>{STORY}</article><section>{cards}</section></main>") == [
        FIRST, SECOND, THIRD,
    ]  # fmt: skip


@pytest.mark.parametrize("story", ["{other}{own}", "{own}{other}"], ids=["before", "after"])
@pytest.mark.parametrize("tag", ["article", "div"])
def test_a_story_is_where_its_headline_is_however_long_another_is(story: str, tag: str) -> None:
    long = "".join(f"<p>{HERRING} {at}</p>" for at in range(40))
    other = f"<{tag}><header><h1>Herring</h1></header><div class='text'>{long}</div></{tag}>"
    own = f"<{tag}><h1>A goat closes the bridge</h1><div class='text'>{STORY}</div></{tag}>"
    head = "<title>A goat closes the bridge - Herald</title>"
    html = f"<head>{head}</head><main>{story.format(own=own, other=other)}</main>"
    parsed = read(Page(html, URL), generic.PARSERS)
    assert [block.text for block in parsed.body] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("tag", ["section", "div"])
def test_a_story_is_in_the_article_of_its_headline_however_long_the_talk_below_is(tag: str) -> None:
    story = STORY + f"<p>{HERRING} Once.</p><p>{HERRING} Twice.</p><p>{HERRING} Three times.</p>"
    talk = "".join(
        f"<div><b>Reader {at}</b><p>{HERRING} So I heard, too.</p></div>" for at in range(30)
    )
    head = "<title>A goat closes the bridge</title>"
    html = f"<main><article><h1>A goat closes the bridge</h1>{story}</article><{tag}>{talk}</{tag}>"
    parsed = read(Page(head + html, URL), generic.PARSERS)
    assert [block.text for block in parsed.body] == re.findall("<p>(.*?)</p>", story)


@pytest.mark.parametrize(
    "page",
    [
        f"<aside>{STORY * 3}</aside>",
        f"<section>{FIRST}</section><section>{SECOND}</section><section>{THIRD}</section>",
        f"<div><span>{FIRST}</span><br><br><span>{SECOND}</span><br><br><span>{THIRD}</span></div>",
    ],
)
def test_a_story_is_read_in_elements_that_seldom_hold_one(page: str) -> None:
    assert texts(f"<div>{page}</div>")[:3] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td><p>Car</p></td><td><p>40</p></td></tr>", ["Car 40"]),
        ("<tr><td>Car<br>and van</td><td>40</td></tr>", ["Car and van 40"]),
        ("<tr><td><a href='/c'>Car</a></td><td>40</td></tr>", ["Car 40"]),
        ("<caption>Tolls</caption><tr><td>Car</td><td>40</td></tr>", ["Tolls", "Car 40"]),
    ],
)
def test_a_row_of_a_table_is_a_line_whatever_is_in_its_cells(table: str, rows: list[str]) -> None:
    assert texts(f"<article>{STORY}<table>{table}</table></article>")[3:] == rows


def test_a_name_says_nothing_of_words_within_a_sentence() -> None:
    sentence = 'The <span class="caption">goat</span> has been given until Friday, says the mayor.'
    assert normalise(re.sub("<.*?>", "", sentence)) in texts(
        f"<article>{STORY}<p>{sentence}</p></article>"
    )


def test_a_link_without_a_line_under_it_is_shown() -> None:
    sentence = "The goat has been given until Friday, says the mayor."
    link = f'<p><a href="/goat" style="text-decoration: none">{sentence}</a></p>'
    assert sentence in texts(f"<article>{STORY}{link}</article>")


def test_the_article_after_this_one_is_another_story() -> None:
    first = f"<article class='a'><h1>A goat closes the bridge</h1><div class='b'>{STORY}</div>"
    after = "".join(
        f"<p>{word} says that the ferry sank, and that it is sad.</p>" for word in "ABC"
    )
    others = f"<article class='a'><h2>A ferry sank</h2><div class='b'>{after}</div></article>"
    page = f"<title>A goat closes the bridge</title>{first}</article>{others}"
    whole = read(Page(page, URL), generic.PARSERS)
    assert [block.text for block in whole.body] == [FIRST, SECOND, THIRD]


def test_of_a_story_that_stands_there_twice_one_is_read_if_but_the_ends_are_alike() -> None:
    long = "".join(
        f"<p>The goat was seen by {number} people on that day.</p>" for number in range(9)
    )
    story = f'<div><div><div class="text">{{}}{STORY}{long}</div></div></div>'
    page = f"<main>{story.format('<p>A goat is in the way.</p>')}<hr>{story.format('')}</main>"
    assert texts(page).count(SECOND) == 1


def test_boxes_of_one_class_within_each_other_hold_one_story() -> None:
    assert texts(f"<main>{'<div class=text>' * 3}{STORY}</div></div></div></main>") == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_a_name_that_is_all_of_a_heading_is_no_byline() -> None:
    card = '<div><h4><a rel="author" href="/a">Ada Lamp</a></h4><p>She likes goats a lot.</p></div>'
    byline = '<h4>By <a rel="author" href="/a">Bo Rock</a></h4>'
    assert article(f"<main>{STORY}{card}</main>").authors == []
    assert article(f"<main>{card}{byline}{STORY}</main>").authors == ["Bo Rock"]


def test_a_headline_is_read_without_buttons_and_the_name_of_the_site() -> None:
    html = f"<h1>A goat closes the bridge - Herald <button>Share</button></h1>{STORY}"
    head = '<meta property="og:site_name" content="Herald">'
    assert read(Page(f"<head>{head}</head>{html}", URL), generic.PARSERS).title == (
        "A goat closes the bridge"
    )


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>{}</p></nav>",
        "<aside><p>{}</p></aside>",
        '<div class="related-stories"><p>{}</p></div>',
        '<div class="newsletterSignup"><p>{}</p></div>',
        '<div id="comments"><p>{0}</p><p>{0}</p><p>{0}</p><p>{0}</p><p>{0}</p></div>',
        '<div class="onetrust-consent"><p>{0}</p><p>{0}</p><p>{0}</p><p>{0}</p></div>',
        '<ul><li><a href="/x">{}</a></li><li><a href="/y">{}</a></li></ul>',
        '<p><a href="/x">Why a ferry sank in the harbour, and nobody was sad</a></p>',
        '<p>Read more: <a href="/x">{}</a></p>',
        '<a href="/x"><h3>{}</h3></a>',
        '<div><h3><a href="/x">A ferry sank</a></h3><p>{}</p></div>',
        '<h3>Most read</h3><ol><li><a href="/x">{}</a></li><li><a href="/y">{}</a></li></ol>',
        '<div class="d-none"><p>{}</p></div>',
        '<div style="display:none"><p>{}</p></div>',
        "<script>story = '<p>{}</p>'</script>",
        "<p>Sign up for our newsletter, and never miss a ferry.</p>",
        "<br><script>" + "var a = 'A script is no text, however long. ';" * 50 + "</script>",
    ],
)
@pytest.mark.parametrize("place", ["before", "amid", "after"])
def test_text_of_other_kinds_is_left_out(around: str, place: str) -> None:
    other = around.replace("{}", "{0}").format("A ferry sank in the harbour, and nobody was sad.")
    page = {
        "before": f"<div>{other}</div><div>{STORY}</div>",
        "amid": f"<div><p>{FIRST}</p>{other}<p>{SECOND}</p><p>{THIRD}</p></div>",
        "after": f"<div>{STORY}</div>{other}",
    }[place]
    whole = article(f"<main>{page}</main>")
    assert [block.text for block in whole.body] == [FIRST, SECOND, THIRD]
    assert whole.standfirst == ""


def test_a_story_named_like_an_advertisement_is_read() -> None:
    assert texts(f'<div class="promo"><div class="social">{STORY}</div></div>') == [
        FIRST, SECOND, THIRD,
    ]  # fmt: skip


def test_names_that_a_build_makes_up_make_no_difference() -> None:
    one, other = (f'<main class="css-{name}">{STORY}</main>' for name in ("1ads2", "sharing9"))
    assert texts(one) == texts(other)


def test_the_headline_is_the_one_that_is_stated_and_not_the_sites_name() -> None:
    page = f"<h1>Herald</h1><h1>Goat closes the bridge for a week</h1>{STORY}"
    html = f'<meta property="og:title" content="Goat closes bridge for a week">{page}'
    assert read(Page(html, URL), generic.PARSERS).title == "Goat closes the bridge for a week"


REWRITTEN = "The mayor crosses by boat instead"
OTHER = (
    '<title>All about the goat - Herald</title><meta property="og:title" content="All about it">'
)


@pytest.mark.parametrize(
    "page",
    [
        "<main><article><h1>{}</h1>{}</article></main>",
        "<main><header><h1>{}</h1></header><div>{}</div></main>",
        "<h1>{}</h1><div>{}</div>",
        '<h1><a href="/">The Daily Herald</a></h1><div><h1>{}</h1>{}</div>',
        "<main><h1>News of villages and bridges</h1><article><h1>{}</h1>{}</article></main>",
        "<article><h1 hidden>A goat, as robots like it</h1><h1>{}</h1>{}</article>",
        '<article><div style="display : none"><h1>Sign in, please, now</h1></div><h1>{}</h1>{}'
        "</article>",
        "<article><h1>{}</h1>{}</article><article><h1>A ferry sank in the harbour</h1></article>",
    ],
)
def test_the_headline_in_the_story_wins_over_any_that_is_stated(page: str) -> None:
    html = f"<html><head>{OTHER}</head><body>{page.format(REWRITTEN, STORY)}</body></html>"
    assert read(Page(html, URL), generic.PARSERS).title == REWRITTEN


@pytest.mark.parametrize(
    "page",
    [
        '<h1><a href="/">The Daily Herald</a></h1><article><h2>Goat closes bridge</h2>{}</article>',
        "<h1>The Daily Herald</h1><article><h2>Goat closes bridge</h2>{}</article>",
        "<h1>Herald</h1><article><div>Goat closes bridge</div>{}</article>",
        '<a href="/"><h1>A paper for goats</h1></a><article>{}</article>',
    ],
)
@pytest.mark.parametrize(
    "title", ["Goat closes bridge | Herald", "The Herald - Goat closes bridge"]
)
def test_the_name_of_a_site_is_no_headline_and_no_part_of_one(page: str, title: str) -> None:
    html = f"<html><head><title>{title}</title></head><body>{page.format(STORY)}</body></html>"
    assert read(Page(html, URL), generic.PARSERS).title == "Goat closes bridge"


@pytest.mark.parametrize(
    "copies",
    [
        "<span>{0}</span><span hidden>{0}</span>",
        '<span style="position:absolute; visibility: hidden">{0}</span><span>{0}</span>',
        '<span class="large">{0}</span> <span class="small">{0}</span>',
        "<span hidden>{0}</span>",
    ],
)
def test_a_headline_is_read_once(copies: str) -> None:
    page = f"<h1>{copies.format(REWRITTEN)}</h1><article>{STORY}</article>"
    assert read(Page(page, URL), generic.PARSERS).title == REWRITTEN


@pytest.mark.parametrize(
    "sentence",
    [
        '<a class="popup" href="/a">Ann Lee</a>, who owns the goat, was not there on Monday.',
        'The goat came on <time class="date">3 May</time> from another village over the river.',
        'It had eaten <em>all of <span class="related-topic">the hay</span></em> in the old mill.',
    ],
)
def test_inside_a_sentence_nothing_is_dropped_by_its_name(sentence: str) -> None:
    said = " ".join(re.sub("<.*?>", "", sentence).split())
    assert texts(f"<article>{STORY}<p>{sentence}</p></article>") == [FIRST, SECOND, THIRD, said]


def test_what_is_for_screen_readers_only_is_no_part_of_a_sentence() -> None:
    link = '<a href="/a">Ann Lee<span class="sr-only"> (opens elsewhere)</span></a>'
    assert texts(f"<article>{STORY}<p>{link} owns the goat.</p></article>")[-1] == (
        "Ann Lee owns the goat."
    )


def test_a_page_that_shows_no_heading_has_the_stated_headline() -> None:
    html = f"{stated(headline='Goat closes bridge')}<div>{STORY}</div>"
    assert read(Page(html, URL), generic.PARSERS).title == "Goat closes bridge"


def test_the_description_between_headline_and_text_is_the_standfirst() -> None:
    head = '<meta name="description" content="It has been given until Friday to leave.">'
    shown = "<span>By Ann</span><div>It has been given until Friday to leave.</div>"
    with_standfirst = article(f"{shown}<div>{STORY}</div>", head)
    assert with_standfirst.standfirst == "It has been given until Friday to leave."
    assert len(with_standfirst.body) == 3


def test_a_description_that_the_page_does_not_show_is_no_standfirst() -> None:
    head = '<meta name="description" content="All about the goat, the bridge and the mayor.">'
    assert article(f"<div>{STORY}</div>", head).standfirst == ""


def test_authors_and_dates_are_the_stated_ones() -> None:
    facts = {"author": [{"name": "Ann Lee"}], "datePublished": "2024-05-06T07:08:09Z"}
    signed = article(f'<a rel="author">Bo Chan</a><div>{STORY}</div>', stated(**facts))
    assert (signed.authors, signed.published_at) == (["Ann Lee"], "2024-05-06T07:08:09Z")


def test_a_newspaper_that_states_itself_as_the_author_names_nobody() -> None:
    facts = {"author": {"name": "The Herald"}, "publisher": {"name": "Herald"}}
    assert article(f"<div>{STORY}</div>", stated(**facts)).authors == []


def test_a_date_in_figures_is_read_as_the_page_writes_it() -> None:
    page = f'<html lang="en-GB"><meta name="date" content="03/04/2024"><h1>Goat</h1>{STORY}'
    assert read(Page(page, URL), generic.PARSERS).published_at == "2024-04-03T00:00:00Z"


def test_a_text_that_is_only_stated_is_read_by_its_lines() -> None:
    body = "\n\n".join([FIRST, SECOND, THIRD])
    assert texts("<div id=app></div>", stated(articleBody=body)) == [FIRST, SECOND, THIRD]


def test_markup_in_a_stated_text_makes_its_paragraphs() -> None:
    body = STORY + "<script>track()</script>"
    assert texts("<div id=app></div>", stated(articleBody=body)) == [FIRST, SECOND, THIRD]


def test_a_stated_text_nested_beyond_reason_is_left_aside() -> None:
    deep = stated(articleBody="<div>" * 50_000 + "<p>Goat")
    assert texts(f"<div>{STORY}</div>", deep) == [FIRST, SECOND, THIRD]


def test_the_stated_text_of_another_story_is_not_believed() -> None:
    other = stated(articleBody="A ferry sank in the harbour, and nobody was sad. " * 20)
    assert texts(f"<div><p>{FIRST}</p></div>", other) == [FIRST]


def test_a_shown_text_counts_more_than_a_stated_one() -> None:
    old = stated(articleBody=f"{FIRST}\n{SECOND}\nThe goat may stay, it was said on Monday.")
    assert texts(f"<div>{STORY}</div>", old) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "paragraph",
    [
        "أغلق الجسر فوق النهر يوم الاثنين لأن عنزة انتقلت للعيش تحته، كما قال رئيس البلدية.",
        "因为有一只山羊搬到桥下居住，这座横跨河流的大桥于星期一关闭，市长当天乘船过河，他表示绝不与它谈判，直到星期五。",
    ],
)
def test_scripts_of_all_directions_and_without_spaces(paragraph: str) -> None:
    assert texts(f"<div dir=rtl><p>{paragraph}</p><p>{paragraph}</p></div>") == [paragraph] * 2


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>" * 5_000 + STORY,
        "<div>" * 10_000 + STORY,
        f"{STORY}<h1>{'A' * 40_000}</h1>" * 20,
        f"<div>{STORY}" + "<span><br>" * 5_000,
        STORY + "<blockquote>Goat.</blockquote>" * 5_000,
    ],
    ids=["lists", "boxes", "headings", "lines", "quotes"],
)
def test_deep_and_wide_pages_are_read(body: str) -> None:
    assert FIRST in texts(body)


@pytest.mark.parametrize("body", ["", "<script>var story = 'x'</script>", "<p></p>" * 100])
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(Refusal, match="no text"):
        article(body)


@settings(max_examples=150)
@given(mutated(OWN))
def test_mutated_pages_give_an_article_or_a_refusal(html: str) -> None:
    try:
        mutant = read(Page(html, URL), generic.PARSERS)
    except Refusal:
        return
    assert mutant.title
    assert all(block.text == normalise(block.text) != "" for block in mutant.blocks())


@pytest.mark.parametrize(
    ("amid", "expected"),
    [
        ("<dl><dt>When?</dt><dd>At six.</dd></dl>", ["When?", "At six."]),
        (
            "<details><summary>Who asked?</summary><p>Nobody.</p></details>",
            ["Who asked?", "Nobody."],
        ),
        ("<table><tr><td>Bus</td><td>42</td></tr></table>", ["Bus 42"]),
        ("<table><tr><td><a href='#n1'>1</a></td><td>The bus.</td></tr></table>", ["The bus."]),
        (
            "<strong>The bus did not come, says the driver.</strong>",
            ["The bus did not come, says the driver."],
        ),
    ],
)
def test_text_outside_of_paragraphs_is_read(amid: str, expected: list[str]) -> None:
    page = f"<div><p>{FIRST}</p>{amid}<p>{SECOND}</p><p>{THIRD}</p></div>"
    assert texts(page) == [FIRST, *expected, SECOND, THIRD]


def test_teasers_do_not_take_the_place_of_a_short_story() -> None:
    card = "<div class='c'><h3><a href='/{0}'>Story {0}</a></h3><p>{1} Number {0}.</p></div>"
    cards = "".join(card.format(number, SECOND) for number in range(16))
    assert texts(f"<div><p>{FIRST}</p><p>{THIRD}</p></div><div>{cards}</div>") == [FIRST, THIRD]


def test_teasers_whose_headings_stand_in_links_do_not_either() -> None:
    cards = "".join(
        f"<div><a href='/{n}'><h3>Goat number {n} is at large</h3></a><p>{THIRD}</p></div>"
        for n in range(3)
    )
    short = "<p>The bridge is open again.</p><p>The goat is at home.</p>"
    page = f"<main><div><h1>A goat</h1><div>{short}</div></div><div>{cards}</div></main>"
    read_as = read(Page(page, URL), generic.PARSERS).body
    assert [block.text for block in read_as] == [
        "The bridge is open again.",
        "The goat is at home.",
    ]


def test_a_story_is_read_where_a_system_names_every_box_a_widget() -> None:
    boxes = "".join(
        f'<div class="widget w-{n}a"><div class="widget-container c{n}a"><p>{text}</p></div></div>'
        for n, text in enumerate((FIRST, SECOND, THIRD, HERRING))
    )
    offer = "<div><h3>The Goat</h3><p>Each day at seven.</p><form><button>Go</button></form></div>"
    assert texts(f"<div>{boxes}{offer}</div>") == [FIRST, SECOND, THIRD, HERRING]


def test_a_story_that_stands_on_the_page_twice_is_read_once() -> None:
    wide, narrow = (f'<div class="a">{STORY}<p>{more}</p></div>' for more in ("", "Small print"))
    boxed = (f"<div><div><div>{copy}</div></div></div>" for copy in (wide, narrow))
    assert texts("".join(boxed)) == [FIRST, SECOND, THIRD]


def test_paragraphs_that_were_never_closed_may_stand_outside_of_a_font() -> None:
    assert texts(f"<font><p>{FIRST}<p>{SECOND}<p>{THIRD}</font><hr>") == [FIRST, SECOND, THIRD]


def test_a_story_in_a_box_that_is_named_after_a_dish_is_told_from_what_stands_beside_it() -> None:
    small = "<p>Small print of the newspaper, at the end.</p>"
    html = f'<div><div class="post tag-pie">{STORY}</div>{small}</div>'
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_a_story_cut_into_sections_is_read_whole() -> None:
    sections = "".join(
        f"<section><div><p>{text}</p></div></section>" for text in (FIRST, SECOND, THIRD)
    )
    assert texts(f"<main><div>{sections}</div></main>") == [FIRST, SECOND, THIRD]


def test_a_page_without_a_text_is_said_by_us_alone(caplog: pytest.LogCaptureFixture) -> None:
    for html in ("", "<html><head></head><body></body></html>", "<html><p>\x00"):
        with pytest.raises(Refusal):
            read(Page(html, "https://news.example/a"), generic.PARSERS)
    assert caplog.records == []
