"""Text comes out as a reader sees it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.parsing.blocks import Marked, Piece, read_blocks, read_pieces, text_of

KINDS: dict[str, BlockKind] = {
    "p": "paragraph",
    "li": "list_item",
    "h2": "subheading",
    "blockquote": "quote",
    "figcaption": "caption",
}


def pieces(html: str, hide: str = "", drop: str = "") -> list[Piece]:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    kinds = {node.mem_id: kind for tag, kind in KINDS.items() for node in tree.css(tag)}
    hidden, dropped = (
        {node.mem_id for node in tree.css(css)} if css else set() for css in (hide, drop)
    )
    assert tree.body is not None
    return read_pieces(tree.body, Marked(kinds, dropped=dropped, hidden=hidden))


def blocks(html: str, hide: str = "") -> list[Block]:
    return [piece.block for piece in pieces(html, hide) if not piece.loose]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>a</b>b", "ab"),
        ("<b>a</b> b", "a b"),
        ("a<br>b", "a b"),
        ("<span>a</span><div>b</div>c", "a b c"),
        ("a<script>x</script>b<style>y</style><noscript>z</noscript><!-- c -->", "ab"),
        ("a<svg><text>x</text></svg><template><p>y</p></template>", "a"),
        ("&amp;lt;&nbsp;&#8217;", "&lt; ’"),
        (" \n a\tb ", "a b"),
        ("co\u00adop a\u200bb", "coop ab"),
        ("", ""),
        ("<del>91</del><ins>19</ins> cm", "91 19 cm"),
        ("<del>91</del>19 cm, <s>red</s>, <ins>blue</ins>!", "91 19 cm, red, blue!"),
        ("walk<ins>ed</ins>, (<del>ran</del>)", "walked, (ran)"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>です", "漢字です"),
        ('<span class="drop-cap">T</span>he goat', "The goat"),
        ('<span class="dropcap"> T </span>\n he goat', "The goat"),
        ('<div class="DropCap--large">T</div>he goat', "The goat"),
        ('<span class="dropcap">A</span> goat', "A goat"),
        ('<span class="dropcap">A</span>bout a goat', "About a goat"),
        ("<b>T</b> cells", "T cells"),
        ("a\u200eb \u200fc\u202a d\u2069", "ab c d"),
    ],
)
def test_text_of(html: str, expected: str) -> None:
    assert text_of(LexborHTMLParser(f"<main>{html}</main>").css_first("main")) == expected


def test_no_element_has_no_text() -> None:
    assert text_of(None) == ""


def test_blocks_stand_in_reading_order() -> None:
    html = "<p>a</p><div><h2>b</h2><ul><li>c<li>d</ul></div><figure><figcaption>e</figure>"
    assert blocks(html) == [
        Block("paragraph", "a"),
        Block("subheading", "b"),
        Block("list_item", "c"),
        Block("list_item", "d"),
        Block("caption", "e"),
    ]


def test_paragraphs_in_a_quote_are_quotes_each() -> None:
    html = "<blockquote><p>a</p><p>b</p><footer>c</footer></blockquote>"
    assert blocks(html) == [Block("quote", "a"), Block("quote", "b"), Block("quote", "c")]


def test_list_item_holds_its_paragraph_and_not_the_list_inside() -> None:
    html = "<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>"
    assert [block.text for block in blocks(html)] == ["a", "b", "c"]
    assert {block.kind for block in blocks(html)} == {"list_item"}


def test_heading_in_a_list_item_is_a_heading() -> None:
    assert blocks("<ul><li><h2>a</h2>b</li></ul>") == [
        Block("subheading", "a"),
        Block("list_item", "b"),
    ]


def test_hidden_elements_leave_no_text() -> None:
    html = '<p>a<span class="x">b</span></p><aside><p>c</p></aside><p>d</p>'
    assert [block.text for block in blocks(html, hide="aside, .x")] == ["a", "d"]


def test_dropped_elements_are_told_from_others() -> None:
    read = pieces("<p>a</p><aside><div><p>b</p></div></aside>", drop="aside")
    assert [(piece.text, piece.box.dropped) for piece in read] == [("a", False), ("b", True)]


def test_words_struck_out_end_in_a_block_too() -> None:
    html = "<p>a <del>b</del><ins>c</ins></p>"
    assert [block.text for block in blocks(html)] == ["a b c"]


def test_a_credit_belongs_to_its_caption() -> None:
    assert blocks("<figure><figcaption>a<div>(b)</div></figcaption></figure>") == [
        Block("caption", "a (b)")
    ]


def test_empty_blocks_are_none() -> None:
    assert blocks("<p> </p><p>\u200b</p><li></li>") == []


def test_text_outside_blocks_is_loose() -> None:
    read = pieces("Share<p>a</p><div>More</div>")
    assert [(piece.text, piece.loose) for piece in read] == [
        ("Share", True), ("a", False), ("More", True),
    ]  # fmt: skip


def test_loose_text_makes_paragraphs() -> None:
    html = "a <b>b</b><br>c<br><br>d<br> <br>e<div>f</div><p>g</p>h"
    assert [piece.text for piece in pieces(html)] == ["a b c", "d", "e", "f", "g", "h"]


def test_a_bold_question_is_a_paragraph_and_so_is_its_answer() -> None:
    assert blocks("<p><b>Who pays?</b><br>The council.</p><p><b>Note:</b><br>c</p>") == [
        Block("paragraph", "Who pays?"),
        Block("paragraph", "The council."),
        Block("paragraph", "Note: c"),
    ]


def test_an_empty_line_ends_a_paragraph_wherever_it_stands() -> None:
    assert blocks("<p>a<br>b<br><br>c</p><ul><li>d<br> <br>e</li></ul>") == [
        Block("paragraph", "a b"),
        Block("paragraph", "c"),
        Block("list_item", "d"),
        Block("list_item", "e"),
    ]


def test_a_piece_knows_its_links_and_whether_it_stands_in_one() -> None:
    html = '<p>a <a href="/b">b</a> <a>c</a></p><a href="/d"><p>d</p></a><p>e</p>'
    assert [(piece.text, piece.links, piece.in_link) for piece in pieces(html)] == [
        ("a b c", ["b"], False),
        ("d", ["d"], True),
        ("e", [], False),
    ]


def test_a_piece_is_strong_where_all_of_it_is_bold() -> None:
    html = "<p><b>3 May</b></p><p><strong>3</strong> May</p>"
    assert [piece.strong for piece in pieces(html)] == [True, False]


def test_a_box_counts_controls_and_players_outside_of_its_blocks() -> None:
    (piece,) = pieces("<div><p>a <input></p><button>b</button><audio></audio></div>")
    assert (piece.text, piece.box.controls, piece.box.players) == ("a", 1, 1)


def test_the_words_of_buttons_and_labels_are_no_text() -> None:
    assert pieces("<div><button>Vote</button><label>Yes</label></div>") == []


def test_what_follows_the_container_is_not_in_it() -> None:
    tree = LexborHTMLParser("<main></main><p>after</p>")
    main, after = tree.css("main, p")
    assert read_blocks(main, Marked({after.mem_id: "paragraph"})) == []


def test_deep_nesting() -> None:
    assert [block.text for block in blocks("<div>" * 10_000 + "<p>a</p>")] == ["a"]
