"""Feeds and sitemaps in the forms in which publishers send them: one story each."""

from __future__ import annotations

import contextlib
import gzip
import json
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed

FEED = "https://news.example/feeds/all.xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Form(NamedTuple):
    """What a server sends, and the addresses in it."""

    body: str | bytes
    urls: list[str]
    content_type: str | None = None


def read(form: Form) -> Links:
    body = form.body if isinstance(form.body, bytes) else form.body.encode()
    return read_feed(body, FEED, form.content_type)


def rss(*items: str, attributes: str = "", declaration: str = "") -> str:
    listed = "".join(f"<item><title>Rain</title>{item}</item>" for item in items)
    return f"{declaration}<rss version='2.0' {attributes}><channel>{listed}</channel></rss>"


def link(url: str) -> str:
    return f"<link>{url}</link>"


def atom(*links: str, attributes: str = "", entry: str = "") -> str:
    listed = "".join(links)
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>News</title>
        <link href="/"/><entry {entry}><id>tag:1</id><title>Rain</title>{listed}</entry></feed>"""


def urlset(*urls: str, attributes: str = f'xmlns="{SITEMAP}"', declaration: str = "") -> str:
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f"{declaration}<urlset {attributes}>{listed}</urlset>"


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


HOST = "https://news.example"
ONE = f"{HOST}/news/1"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

LINKS = {
    "relative": Form(rss(link("/news/1")), [ONE]),
    "relative to the feed's folder": Form(rss(link("1")), [f"{HOST}/feeds/1"]),
    "without a scheme": Form(rss(link("//news.example/news/1")), [ONE]),
    "without a scheme, as people write it": Form(
        rss(link("www.news.example/1")), ["https://www.news.example/1"]
    ),
    "from xml:base": Form(rss(link("1"), attributes="xml:base='/news/'"), [ONE]),
    "from two of them": Form(
        atom('<link href="1"/>', attributes=f'xml:base="{HOST}/"', entry='xml:base="news/"'), [ONE]
    ),
    "a permalink in place of an empty link": Form(rss(f"<link/><guid>{ONE}</guid>"), [ONE]),
    "a relative permalink": Form(rss('<guid isPermaLink="true">/news/1</guid>'), [ONE]),
    "behind a link that was closed at once": Form(rss(f"<link/>{ONE}"), [ONE]),
    "two links": Form(rss(link(ONE) + link(f"{HOST}/news/2")), [ONE]),
    "Atom's link in RSS": Form(
        rss(f'{link(ONE)}<atom:link href="/2"/>', attributes='xmlns:atom="http://www.w3.org/2005/Atom"'),
        [ONE],
    ),
    "Atom's link in RSS, its prefix never declared": Form(rss(f'<atom:link href="{ONE}"/>'), [ONE]),
    "an IANA relation": Form(
        atom(f'<link rel="http://www.iana.org/assignments/relation/alternate" href="{ONE}"/>'),
        [ONE],
    ),
    "the feed's language": Form(
        atom(
            '<link hreflang="en" href="/en"/><link hreflang="de-AT" href="/news/1"/>',
            attributes='xml:lang="de"',
        ),
        [ONE],
    ),
    "the entry's language": Form(
        atom(
            '<link hreflang="en" href="/en"/><link hreflang="de" href="/news/1"/>',
            attributes='xml:lang="en"',
            entry='xml:lang="de"',
        ),
        [ONE],
    ),
    "no language": Form(
        atom('<link hreflang="en" href="/news/1"/><link hreflang="de" href="/de"/>'), [ONE]
    ),
    "a page rather than a phone's page or a PDF": Form(
        atom(
            '<link type="application/pdf" href="/a.pdf"/><link media="handheld" href="/m"/>'
            '<link type="text/html" href="/news/1"/>'
        ),
        [ONE],
    ),
    "one of two relations": Form(
        atom('<link rel="alternate shortlink" href="/news/1"/><link rel="via" href="/2"/>'), [ONE]
    ),
    "only its canonical address": Form(atom('<link rel="canonical" href="/news/1"/>'), [ONE]),
    "attributes in capitals": Form(atom('<link REL="alternate" HREF="/news/1"/>'), [ONE]),
    "broken over lines": Form(rss(link(f"{HOST}/\n   news/1")), [ONE]),
    "behind a blank of no width": Form(rss(link(f"\u200b{ONE}\u2060")), [ONE]),
    "CDATA, escaped": Form(rss(link(f"&lt;![CDATA[{ONE}]]&gt;")), [ONE]),
    "in a headline that was not closed": Form(
        f"<rss><channel><item><title>Rain{link(ONE)}</item></channel></rss>", [ONE]
    ),
    "only itself": Form(
        atom('<link rel="self" href="/news/1"/><link rel="enclosure" href="/a.mp3"/>'), [ONE]
    ),
    "RDF's about": Form(
        f'<r:RDF xmlns:r="{RDF}" xmlns="http://purl.org/rss/1.0/">'
        f'<item r:about="{ONE}"><title>Rain</title></item></r:RDF>',
        [ONE],
    ),
    "RDF with a prefix": Form(
        f'<r:RDF xmlns:r="{RDF}" xmlns:s="http://purl.org/rss/1.0/">'
        f'<s:item r:about="x"><s:link>{ONE}</s:link></s:item></r:RDF>',
        [ONE],
    ),
    "CDATA": Form(rss(link("<![CDATA[ /news/1?a=1&b=2 ]]>")), [f"{ONE}?a=1&b=2"]),
    "& as it is": Form(rss(link("/news/1?id=1&copy=2&lt=3")), [f"{ONE}?id=1&copy=2&lt=3"]),
    "& escaped twice": Form(rss(link("/news/1?a=1&amp;amp;b=2")), [f"{ONE}?a=1&b=2"]),
    "an entity of HTML": Form(urlset("/caf&eacute;"), [f"{HOST}/café"]),
    "& in a path": Form(urlset("/food-&-drink"), [f"{HOST}/food-&-drink"]),
    "a picture's address beside the page's": Form(
        urlset(attributes="xmlns:image='i'").replace(
            "></", "><url><image:image><image:loc>/1.jpg</image:loc></image:image>"
            "<loc>\n /news/1\n</loc></url></", 1
        ),
        [ONE],
    ),
}  # fmt: skip

ROOTS = {
    "a prefix": Form(
        f'<sm:urlset xmlns:sm="{SITEMAP}"><sm:url><sm:loc>{ONE}</sm:loc></sm:url></sm:urlset>',
        [ONE],
    ),
    "a prefix that was never declared": Form(
        f"<sm:urlset><sm:url><sm:loc>{ONE}</sm:loc></sm:url></sm:urlset>", [ONE]
    ),
    "one in another": Form(f"<urlset>{urlset(ONE)}</urlset>", [ONE]),
    "capitals": Form(f"<URLSET><URL><LOC>{ONE}</LOC></URL></URLSET>", [ONE]),
    "a long comment in front": Form(f"<!-- {'x' * 200_000} -->{urlset(ONE)}", [ONE]),
    "a printed notice in front": Form(
        f"<br />\n<b>Notice</b>: x in <i>y</i><br />\n{declared('UTF-8')}{urlset(ONE)}", [ONE]
    ),
    "a notice without markup in front": Form(f"PHP Warning: x in y\n{urlset(ONE)}", [ONE]),
    "a declaration that is not closed": Form(f'<?xml version="1.0">{urlset(ONE)}', [ONE]),
    "another root's name in a headline": Form(
        rss(link(ONE)).replace("Rain", "<![CDATA[How the <urlset> tag works]]>"), [ONE]
    ),
    "an item in a comment": Form(
        rss(link(ONE)).replace("<item>", f"<!-- <item>{link('/0')}</item> --><item>"), [ONE]
    ),
    "a list of addresses": Form(f"{ONE}\r\n{HOST}/news/2\n", [ONE, f"{HOST}/news/2"]),
    "a JSON Feed": Form(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [{"id": 1, "url": "/news/1"}, {"id": f"{HOST}/news/2"}, 7, {}],
            }
        ),
        [ONE, f"{HOST}/news/2"],
    ),
    "a JSON Feed with a comma and a line end too many": Form(
        '{"version": "https://jsonfeed.org/version/1.1",'
        ' "items": [{"title": "Rain\nfalls", "url": "/news/1"},]}',
        [ONE],
    ),
    "a JSON Feed with a number too long for Python": Form(
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "/news/1"}, '
        f'{{"id": {"9" * 5000}, "url": "/news/2"}}]}}',
        [ONE, f"{HOST}/news/2"],
    ),
}  # fmt: skip

CYRILLIC = rss(link("/новости/1"))
TOLD = [f"{HOST}/новости/1"]
BYTES = {
    "the header's charset": Form(
        CYRILLIC.encode("cp1251"), TOLD, "text/xml; charset=windows-1251"
    ),
    "the header's, another declared": Form(
        (declared("ISO-8859-1") + CYRILLIC).encode("cp1251"), TOLD, "text/xml; charset=cp1251"
    ),
    "its own declaration's": Form((declared("windows-1251") + CYRILLIC).encode("cp1251"), TOLD),
    "UTF-8, whatever the header says": Form(
        CYRILLIC.encode(), TOLD, "text/xml; charset=iso-8859-1"
    ),
    "UTF-8 that is declared to be UTF-16": Form(declared("UTF-16") + CYRILLIC, TOLD),
    "UTF-16 that is declared to be UTF-8": Form(
        (declared("UTF-8") + CYRILLIC).encode("utf-16"), TOLD
    ),
    "UTF-16 without a mark": Form(CYRILLIC.encode("utf-16-le"), TOLD),
    "UTF-16, the big end first, without a mark": Form(CYRILLIC.encode("utf-16-be"), TOLD),
    "UTF-16, the big end first": Form(b"\xfe\xff" + CYRILLIC.encode("utf-16-be"), TOLD),
    "UTF-32": Form(CYRILLIC.encode("utf-32"), TOLD),
    "UTF-16's mark before UTF-8": Form(b"\xff\xfe" + CYRILLIC.encode(), TOLD),
    "Windows-1252 that nobody declares": Form(
        rss(link("/café")).encode("cp1252"), [f"{HOST}/café"]
    ),
    "one stray byte in UTF-8": Form(
        CYRILLIC.encode().replace(b"Rain", b"Rain \xe9"), TOLD
    ),
    "gzip": Form(gzip.compress(CYRILLIC.encode()), TOLD, "text/xml"),
    "gzip in gzip": Form(gzip.compress(gzip.compress(CYRILLIC.encode())), TOLD),
    "two gzips, one after the other": Form(
        gzip.compress(CYRILLIC[:50].encode()) + gzip.compress(CYRILLIC[50:].encode()), TOLD
    ),
    "a gzip that is cut off": Form(gzip.compress(rss(link(ONE)).encode())[:-9], [ONE]),
    "zeros and control characters": Form(
        rss(link("/news/\x0b1\x08")).replace("Rain", "&#0;&#x1f;").encode(), [ONE]
    ),
}  # fmt: skip

FORMS = {
    f"{kind}: {name}": form
    for kind, forms in (("link", LINKS), ("root", ROOTS), ("bytes", BYTES))
    for name, form in forms.items()
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_story_is_found(form: Form) -> None:
    assert [entry.url for entry in read(form).articles] == form.urls


MALFORMED = {
    "a tag that is not closed": "<item><title>a <b> c</title><link>/0</link></item>",
    "a sign that is no tag": "<item><title>5 < 6 & 7</title></item>",
    "an end without a beginning": "</title></item><item></channel></item>",
    "nesting without end": "<item>" + "<a>" * 5000 + "</item>",
    "an address that is none": "<item><link>http://[</link></item>",
    "a base that is none": "<item xml:base='http://['><link>/0</link></item>",
}


@pytest.mark.parametrize("entry", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_entry_harms_no_other(entry: str) -> None:
    feed = rss(link(ONE)).replace("<item>", f"{entry}<item>", 1)
    assert ONE in [each.url for each in read(Form(feed, [])).articles]


def test_entries_without_a_link_are_counted() -> None:
    assert read(Form(rss(link(ONE), "", '<guid isPermaLink="false">7</guid>'), [])).no_link == 2


def test_an_entry_has_its_headline_and_guid() -> None:
    feed = rss(link(ONE) + "<guid>4711</guid>").replace(
        "Rain", "&lt;b&gt;Rain&lt;/b&gt; &amp;amp; sun"
    )
    (entry,) = read(Form(feed, [])).articles
    assert (entry.title, entry.guid) == ("Rain & sun", "4711")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"items": []}', "not a feed, but other JSON"),
        ('{"version": ', "malformed JSON"),
        ("[" * 100_000, "malformed JSON"),
        ("<opml><body><feed/></body></opml>", "not a feed"),
        (f"<html><body>{rss(link(ONE))}</body></html>", "HTML instead of a feed"),
        ("<!-- <rss> " * 10, "not a feed"),
    ],
)
def test_what_only_looks_like_a_feed_is_none(body: str, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read(Form(body, []))


PARTS = st.sampled_from(
    [
        *("<rss>", "<item>", "</item>", "<link>", "/1", "</link>", "<![CDATA[", "]]>", "<!--"),
        *("-->", "&", "&#0;", "<", ">", "<feed>", "<entry>", "<link href='", "'/>", "<urlset>"),
        *("xml:base='http://['", "<url>", "<loc>", "\0", "\ufffe", "é", "<?", "?>", "<!DOCTYPE"),
        *("[", "{"),
    ]
)


@given(st.lists(PARTS, max_size=40), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_anything_is_read_or_is_no_feed(parts: list[str], encoding: str) -> None:
    with contextlib.suppress(FeedError):
        read(Form("".join(parts).encode(encoding, "replace"), []))


@pytest.mark.parametrize("mark", ["<!--", "<![CDATA[", "<item>", "<", "&", "<b>", "<?"])
def test_what_never_ends_costs_no_more_than_its_length(mark: str) -> None:
    """A hundred times as long and quadratic, it would not end in this test's time."""
    body = "<rss><item>" + mark * (1_000_000 // len(mark))
    with pytest.raises(FeedError):
        read(Form(body, []))
