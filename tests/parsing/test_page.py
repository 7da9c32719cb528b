"""A page is parsed once, and no page is too odd to be parsed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing import Page, Refusal, linked_data
from newsdiff_crawler.parsing.blocks import text_of

URL = "https://news.example/story/1"


def page_with(head: str) -> Page:
    return Page(f"<html><head>{head}</head><body><p>Text</p></body></html>", URL)


def linked(text: str) -> Page:
    return page_with(f'<script type="application/ld+json">{text}</script>')


def headline(page: Page) -> str:
    return text_of(page.first("h1"))


def test_tree_is_parsed_once() -> None:
    page = page_with("")
    assert page.tree is page.tree


def test_bytes_are_decoded_as_the_page_declares() -> None:
    page = Page('<meta charset="windows-1251"><h1>Новости</h1>'.encode("cp1251"), URL)
    assert headline(page) == "Новости"


def test_header_outranks_the_declaration() -> None:
    html = '<meta charset="ascii"><h1>日本</h1>'.encode("euc-jp")
    page = Page(html, URL, content_type="text/html; charset=euc-jp")
    assert headline(page) == "日本"


def test_bytes_that_are_not_the_declared_charset_are_read_all_the_same() -> None:
    page = Page(b'<meta charset="utf-8"><h1>caf\xe9 open</h1>', URL)
    assert "open" in headline(page)


def test_unknown_charset_is_read_as_utf_8() -> None:
    page = Page("<h1>Zürich</h1>".encode(), URL, content_type="text/html; charset=klingon")
    assert headline(page) == "Zürich"


def test_meta_by_property_name_or_itemprop_whatever_the_case() -> None:
    page = page_with(
        '<meta property="og:title" content=" A "><meta name="Author" content="B">'
        '<meta itemprop="dateModified" content="C"><meta name="author" content="D">'
    )
    assert page.meta("og:title") == "A"
    assert page.meta_all("author") == ["B", "D"]
    assert page.meta("absent", "dateModified") == "C"
    assert page.meta("absent") == ""


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/story/2">', "https://news.example/story/2"),
        ('<link rel="canonical" href=" https://other.example/a ">', "https://other.example/a"),
        ('<meta property="og:url" content="https://news.example/b">', "https://news.example/b"),
        ('<link rel="canonical" href="">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://[::1">', None),
        ("", None),
    ],
)
def test_canonical_url(head: str, expected: str | None) -> None:
    assert page_with(head).canonical_url == expected


def test_linked_data_is_flattened_in_order() -> None:
    page = linked('[[{"@id": "a", "@graph": [{"@id": "b"}, [{"@id": "c"}]]}], {"@id": "d"}]')
    assert [item["@id"] for item in page.linked_data] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "text",
    ['{"@type": "NewsArticle",', "", "null", "7", '"text"', "[" * 100_000, '{"@graph": 3}'],
)
def test_broken_linked_data_states_nothing(text: str) -> None:
    assert linked(text).story == {}


def test_broken_block_leaves_the_others_alone() -> None:
    good = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A"}</script>'
    page = page_with('<script type="application/ld+json">{oops}</script>' + good)
    assert page.story["headline"] == "A"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type": "Article"} -->',
        '//<![CDATA[\n{"@type": "Article"}\n//]]>',
        '{"@type": "Article"};',
        '{"@type": ["Thing", "http://schema.org/Article"]}',
        '{"@type": "Article", "articleBody": "line\nline"}',
        '//<![CDATA[\n{"@type": "Article"};\n//]]>',
        '/*<![CDATA[*/{"@type": "Article"}/*]]>*/',
        '\ufeff{"@type": "Article"}',
        '{"@type": "Article", "author": ["Ann Lee",],}',
        '{"@type": "WebSite"} {"@type": "Article"}',
        '{"@type": "WebSite"}, {"@type": "Article"},',
        '// of this page\n{"@type": "Article", /* "a" */ "url": "https://news.example//1"}',
        "{&quot;@type&quot;: &quot;Article&quot;}",
        '{"@type": "Article", "headline": "It\\\'s \\x"}',
        '{"@type": "Article", "headline": "a\x01b", "wordCount": NaN}',
        '{"@type": "Article"} {"@type": "Article',
        '{"@type": "schema:NewsArticle"}',
        '[{"@type": "WebSite"} {"@type": "Article"}]',
    ],
)
def test_common_faults_in_linked_data_are_forgiven(text: str) -> None:
    assert linked(text).story


@pytest.mark.parametrize("kind", ["application/ld+json; charset=utf-8", "Application/LD+JSON "])
def test_linked_data_is_known_by_its_type_however_that_is_written(kind: str) -> None:
    assert page_with(f'<script type="{kind}">{{"@type": "Article"}}</script>').story


@pytest.mark.parametrize("text", ["{" + "," * 300_000, '{"' + '\\"' * 300_000, "/*" * 300_000])
def test_hostile_linked_data_takes_no_time(text: str) -> None:
    started = time.process_time()
    assert linked(text).story == {}
    assert time.process_time() - started < 2


@given(st.text('{}[],:"\\/*;-<!>n1 ', max_size=60))
def test_whatever_stands_in_a_script_is_read(text: str) -> None:
    assert isinstance(linked_data.load(text), list)


def test_what_a_story_refers_to_is_put_in_its_place() -> None:
    page = page_with(
        '<script type="application/ld+json">{"@type": "Article", "publisher": {"@id": "#h"},'
        ' "author": [{"@id": "#a"}, {"@id": "#b"}, {"@id": "#c"}]}</script>'
        '<script type="application/ld+json">[{"@id": "#a", "name": "Ann Lee"}, {"@type": "WebPage",'
        ' "creator": {"@id": "#b", "name": "Bo Chan"}}, {"@id": "#h", "name": "Herald"}]</script>'
    )
    assert linked_data.names_of(page.story["author"]) == ["Ann Lee", "Bo Chan"]
    assert linked_data.text_of(page.story["publisher"]) == "Herald"


@pytest.mark.parametrize(
    "stated",
    [
        ["Ann Lee", "Bo Chan"],
        [[{"name": "Ann Lee"}], [["Bo Chan"]]],
        {"name": ["Ann Lee", "Bo Chan"]},
        [{"givenName": "Ann", "familyName": "Lee"}, {"name": {"@value": "Bo Chan"}}, {}, None, 7],
    ],
)
def test_names_in_any_form(stated: object) -> None:
    assert linked_data.names_of(stated) == ["Ann Lee", "Bo Chan"]


def test_of_several_stories_the_one_with_the_headline_of_the_page_is_meant() -> None:
    page = Page(
        "<title>A goat closes the bridge - Herald</title>"
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Herring"},'
        ' {"@type": "NewsArticle", "headline": "A goat closes the …", "author": "Ann Lee"}]'
        "</script>",
        URL,
    )
    assert page.story["author"] == "Ann Lee"


def test_of_several_stories_the_one_with_nearly_the_headline_of_the_page_is_meant() -> None:
    page = page_with(
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Herring"},'
        '{"@type": "NewsArticle", "headline": "Bridge shut for 6 weeks, board says"}]</script>'
        "<h1>Bridge shut for six weeks, board says</h1>"
    )
    assert page.story["headline"].startswith("Bridge")


@pytest.mark.parametrize(
    "author", ['["#a", "#b"]', '[{"@id": "https://h.example/1#a"}, {"@id": "#b"}]']
)
def test_an_author_may_be_referred_to_in_any_way(author: str) -> None:
    people = '{"@id": "#a", "name": "Ann Lee"}, {"@id": "#b", "name": "Bo Chan"}'
    page = linked(f'[{{"@type": "Article", "author": {author}}}, {people}]')
    assert linked_data.authors_of(page.story) == ["Ann Lee", "Bo Chan"]


def test_a_creator_is_an_author() -> None:
    page = linked('{"@type": "Article", "creator": ["Ann Lee", "Bo Chan"]}')
    assert linked_data.authors_of(page.story) == ["Ann Lee", "Bo Chan"]


def test_a_story_without_an_address_comes_before_one_at_another() -> None:
    page = linked(
        '[{"@type": "NewsArticle", "headline": "Other", "url": "https://news.example/9"},'
        ' {"@type": "NewsArticle", "headline": "Mine"}]'
    )
    assert page.story["headline"] == "Mine"


def test_story_is_the_one_about_this_page() -> None:
    page = linked(
        '[{"@type": "NewsArticle", "headline": "Other", "url": "https://news.example/9"},'
        f' {{"@type": "NewsArticle", "headline": "Mine", "mainEntityOfPage": {{"@id": "{URL}"}}}}]'
    )
    assert page.story["headline"] == "Mine"


def test_linked_data_without_end_is_cut() -> None:
    assert len(linked("[" + "{}," * 100_000 + "{}]").linked_data) == 500


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no markup",
        "<p>no body",
        "\0<p>\0</p>",
        "<p>\ud800</p>",
        "<div>" * 10_000 + "<p>deep</p>",
        "<b><i>" * 5_000,
        "<!doctype html><frameset>",
    ],
)
def test_odd_page_has_a_tree(html: str) -> None:
    page = Page(html, URL)
    assert page.all("h1") == []
    assert page.story == {}


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>word</p>" * 1_900_000, "too_large"),
        ("<div>" * 100_000, "too_deep"),
        ("<x>" * 20_000 + "</x>" * 20_000, "too_deep"),
        ("<p " + " ".join(f"a{n}" for n in range(100_000)) + ">", "too_deep"),
    ],
)
def test_page_that_would_take_forever_is_refused(html: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        _ = Page(html, URL).tree
    assert caught.value.reason == reason


def test_long_scripts_and_many_unclosed_items_are_no_reason_to_refuse() -> None:
    html = f"<script>{'x = 1 ' * 50_000}</script>" + "<li>item<br>" * 20_000
    assert len(Page(html, URL).all("li")) == 20_000


def test_a_site_is_called_what_the_page_and_its_host_say() -> None:
    page = page_with(
        '<meta property="og:site_name" content="The News"><script type="application/ld+json">'
        '[{"@type": "Article", "publisher": "News Ltd"}, {"@type": "WebSite", "name": "N"}]'
        "</script>"
    )
    assert page.site_names == ["News Ltd", "N", "The News", "news.example", "news"]


def test_a_person_who_publishes_is_no_site() -> None:
    page = linked('{"@type": "Article", "publisher": {"@type": "Person", "name": "Ann Lee"}}')
    assert "Ann Lee" not in page.site_names


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<html lang="en-GB">', "en-GB"),
        ('<html><meta property="og:locale" content="de_DE">', "de_DE"),
        ("<html>", ""),
    ],
)
def test_language(html: str, expected: str) -> None:
    assert Page(html, URL).language == expected
