"""Texts that are made to take time: short pieces, repeated, with something before and after."""

from __future__ import annotations

from tests.traps.growth import Make

# White space, marks, and what is half of something.
_SIGNS = (
    " ", "\n", "\t", "\r\n", "\u00a0", "\u2028", "\u200b", "\u200d", "\u0301", "e\u0301", "\ud800",
    "<", ">", "<<", "<>", "< ", "</", "<!", "<!--", "-->", "<![CDATA[", "]]>", "<?", "&", "&amp;",
    "&#", "&lt;", "&amp;lt;", "&a", '"', "'", "“", "”", "„", "«", "»", "‘", "’", "(", ")", "()",
    "(a", "[", "[[", "]", "{", "}", "\\", '\\"', '"\\', "/", "//", "/*", "/* */", ",", ", ", ";",
    ":", ".", ". ", "..", "... ", "…", "!", "! ", "?!", "-", "- ", "--", "–", "— ", "_", "*", "*a",
    "#", "%", "%4", "%41", "@", "|", " | ", "•", "=", "+", "-1 ", "$", "£1", "中", "中。", "。",
    "か", "ก", "ا", "א", "😀", "\U0001f468\u200d",
)  # fmt: skip
_WORDS = (
    "a", "a ", "A", "A ", "A.", "A. ", "A.B", "Aa", "Aa ", "aA", "Aa b ", "Aa b. ", "AA ", "Aa of ",
    "Aa and ", "of ", "the ", "and ", "Of the ", "Aa, ", "a, ", "a's ", "a'", "a’a", "a-", "Aa-",
    "a_", "é ", "not ", "no one ", "never ", "said ", ", said Aa", "“Aa b c” ",
    "“a b c,” said Aa. ",
    "'a ", '"a b c" ', "– Aa b c ", "killed ", "Dr. ", "No. ", "p.m. ", "Mr. Aa ", "Bank of ",
    "Aa (AP) - ", "Correction: ", "corrected ", "correction ", "updated ", "an earlier version ",
    "By ", "By Aa and ", "von ", "par Aa et ", "location", "location.", "window.", "location = ",
    "http-equiv", "http://", "http://a/", "www.a.", "https://a.b/c?d=e&", "a@", "read more ",
    "Read more: ", "Advertisement ", "sign up ", "a/", "a.b.", "../", "?a=b&",
)  # fmt: skip
_FIGURES = (
    "0", "1", "1 ", "1,", "1, ", "1.", "1. ", "1:", "12:30 ", "1/", "1-", "1000 ", "1 000 ",
    "1,000,", "1.5 ", "1st ", "one ", "two ", "hundred ", "one hundred and ", "million ", "ein",
    "zwei", "hundert", "vierundzwanzig", "vingt-", "quatre-vingt-", "percent ", "1 percent ", "1%",
    "£1 million ", "between 1 and ", "1 to 2 ", "from 1 ", "monday ", "Monday ", "May ", "may ",
    "3 May ", "May 3, ", "May 3, 2020 ", "2020-", "2020-01-01 ", "2020-01-01T00:00:00Z ", "GMT+",
    "GMT+1 ", "3. Mai ", "der 3. ", "am ", "1e9", "x", "IV. ",
)  # fmt: skip
MARKUP = (
    "<p>", "<p>a", "<p>a</p>", "<p>Aa b c d.</p>", "</p>", "<b>", "<b>a</b>", "<b>a</b> ", "<i><b>",
    "<br>", "a<br>", "<div>", "<div>a", "<div>a</div>", "<div><p>a</p></div>", "</div>", "<li>a",
    "<ul><li>a</li></ul>", "<li><a href=/a>a</a></li>", "<ul><li>", "<h1>a</h1>", "<h2>a</h2>",
    "<h2><a href=/a>Aa b c</a></h2>", "<a href=/a>a</a>", "<a href=/a>Aa b c d</a> ", "<a>",
    "<span>", "<span class=a>a</span>", "<blockquote>", "<blockquote><p>a", "<figure>",
    "<figcaption>a</figcaption>", "<table><tr><td>", "<tr><td>a</td></tr>", "<td>a", "<dl><dt>a",
    "<section>", "<article>", "<article><p>a</p></article>", "<main>", "<aside>a</aside>",
    "<header>", "<footer>", "<nav>", "<form>", "<select><option>a", "<script>", "<style>",
    "<script>a</script>", "<noscript>", "<template>", "<svg>", "<math><mi>", "<iframe>",
    "<textarea>", "<title>a</title>", "<meta name=a content=b>",
    "<meta property=og:title content=a>",
    "<time>a</time>", "<time datetime=2020-01-01>a</time>", "<img src=a alt=a>", "<base href=a>",
    "<link rel=canonical href=/a>", "<p class=a>", "<p hidden>a</p>", "<p style=display:none>a",
    "<sup>1</sup>", "<del>a</del><ins>b</ins>", "<span class=drop-cap>A</span>", "<font>", "<a><p>",
    "<p><div>", "<b><p>", "<a><b><i>", "<table><b>", "<frameset>", "<body a=b>", "<html a=b>",
    '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
)  # fmt: skip
_DATA = (
    '{"a":', '{"a":1},', '{"a":{}},', '{"@graph":[', '"a":1,', '"a",', '["a"],', "[1,", "[],",
    "{},", "<!--a-->", "//\n", "//<![CDATA[", '"a\\u0041",', '{"@id":"a"},', "null,", "1,",
    '{"@type":"NewsArticle","headline":"a"},', '{"name":"a","@id":"b"},',
    "<item>", "</item>", "<item></item>", "<item><link>http://a/</link></item>",
    "<item><title>a</title><link>http://a/b</link><description>&lt;p&gt;</description></item>",
    "<entry>", "<entry><link href='http://a/'/></entry>", "<url><loc>", "<url>",
    "<url><loc>http://a/b</loc></url>", "<sitemap><loc>http://a/b</loc></sitemap>", "<a:b>",
    "<a:item>", "<link>http://a/</link>", "<link href='http://a/'/>", "<guid>a</guid>",
    "<pubDate>a</pubDate>", "<title>a</title>", "<a xml:base='b/'>", "xmlns:a='b' ", "a='b' ",
    " a", "http://a/b\n", "<!DOCTYPE a [", "<!ENTITY a 'b'>", "<rss>", "<channel>",
    "User-agent: a\n", "User-agent: *\n", "Disallow: /a\n", "Disallow: /*a\n", "Allow: /*\n",
    "Crawl-delay: 1\n", "Sitemap: http://a/\n", "User-agent: a\nDisallow: /\n", "Disallow: *a*$\n",
)  # fmt: skip
UNITS = tuple(dict.fromkeys((*_SIGNS, *_WORDS, *_FIGURES, *MARKUP, *_DATA)))
ENDS = ("", "!", "\n", '"', "<", "x", "z.", "</p>")


def repeated(unit: str, before: str = "", after: str = "") -> Make:
    """A piece, as often as it fits."""
    return lambda length: before + unit * (length // len(unit)) + after


def _numbered(form: str) -> Make:
    """Pieces that all differ by a number in them."""

    def make(length: int) -> str:
        count = length // (len(form) + 3)
        return "".join(form.replace("%", str(number)) for number in range(count))

    return make


def _nested(opening: str, closing: str) -> Make:
    def make(length: int) -> str:
        depth = length // (len(opening) + len(closing))
        return opening * depth + closing * depth

    return make


# Traps that are no simple repetition.
SHAPES: dict[str, Make] = {
    "nested lists": _nested("[", "]"),
    "nested objects": _nested('{"a":', "}"),
    "nested boxes": _nested("<div>", "</div>"),
    "nested boxes with words": _nested("<div>a b c", "</div>"),
    "nested lists of words": _nested("<ul><li>Aa", "</li></ul>"),
    "nested quotations": _nested("“a ", "”"),
    "nested brackets": _nested("(a ", ")"),
    "different words": _numbered("w% "),
    "different names": _numbered("Aa% "),
    "different names apart": _numbered("Aa% b "),
    "different sentences": _numbered("Aa b% c d e. "),
    "different figures": _numbered("% "),
    "different figures in sentences": _numbered("There were % of them. "),
    "different quotations": _numbered("“We a b%,” said Aa. "),
    "different paragraphs": _numbered("<p>Aa b% c d e f.</p>"),
    "different paragraphs of a word": _numbered("<p>a%</p>"),
    "different items": _numbered("<ul><li>a%</li></ul>"),
    "different links": _numbered("<p><a href=/%>Aa b% c d e</a></p>"),
    "different headings": _numbered("<h2>Aa %</h2><p>b</p>"),
    "different classes": _numbered("<div class=a%>a</div>"),
    "different elements": _numbered("<x% a>b</x%>"),
    "different attributes": lambda length: f"<p {_numbered('a%=b ')(length)}>a</p>",
    "different metas": _numbered("<meta name=a% content=b>"),
    "different keys": lambda length: "{" + _numbered('"a%":1,')(length) + '"z":1}',
    "different ids": lambda length: "[" + _numbered('{"@id":"a%","name":"b"},')(length) + "{}]",
    "different stories": lambda length: (
        "[" + _numbered('{"@type":"NewsArticle","headline":"Aa b c d%"},')(length) + "{}]"
    ),
    "different authors": lambda length: (
        '{"@type":"NewsArticle","author":[' + _numbered('{"name":"Aa B%"},')(length) + '"C"]}'
    ),
    "different entries": _numbered("<item><link>http://a/%</link><guid>%</guid></item>"),
    "different namespaces": lambda length: "<item " + _numbered("xmlns:a%='b%' ")(length) + "/>",
    "different rules": _numbered("Disallow: /%*a\n"),
    "different agents": _numbered("User-agent: a%\n"),
    "formats left open, and paragraphs": lambda length: (
        _numbered("<b a%>")(length // 2) + "<p>a" * (length // 8)
    ),
    "formats left open, and boxes": lambda length: (
        _numbered("<i class=a%>")(length // 2) + "<div>a</div>" * (length // 24)
    ),
    "one long word": lambda length: "ab" * (length // 2),
    "white space between words": lambda length: "a" + " " * length + "b",
    "white space after each word": lambda length: ("a" + " " * 999) * (length // 1000),
    "a long attribute": lambda length: f'<p title="{"a " * (length // 2)}">a</p>',
    "a long tag": lambda length: f"<p {'a' * length}",
    "a long entity": lambda length: "&" + "a" * length,
    "authors in a heading": lambda length: f"<h4>{'<a rel=author>Aa B</a>' * (length // 22)}</h4>",
    "bold lines": lambda length: f"<p><b>{'word of it<br>' * (length // 14)}</b></p>",
    "bold questions": lambda length: f"<p><b>a</b>{'word?<br>' * (length // 9)}</p>",
    "numbers in a cell": lambda length: (
        f"<table><tr><td>{'<a href=#a>1</a>' * (length // 16)}</td></tr></table>"
    ),
    "a long number": lambda length: "9" * length,
    "a long entry": lambda length: "<item><title>" + "a " * (length // 2) + "</title></item>",
}  # fmt: skip
EVERY: dict[str, Make] = {**SHAPES, **{repr(unit): repeated(unit) for unit in UNITS}}
# Those that once took the square of the time, on one page or another.
KNOWN = (
    "different classes", "formats left open, and paragraphs", "nested boxes", "'<p>a'", "'<li>a'",
    "'<div>a</div>'", "'<td>a'", "'<ul><li>'", "'- '", "'<'", "'1:'", "'Aa b '", "' '",
    "different attributes", "nested lists of words", "'\\n'", "'<!--'",
    "authors in a heading", "bold lines", "numbers in a cell",
)  # fmt: skip
