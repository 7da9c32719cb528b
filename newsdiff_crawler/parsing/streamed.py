"""Pages that React streams: parts that were not ready stand hidden at the end of the page, and a
script puts each into its place. Here that is done without the script."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

_PARTS = "body > div[hidden][id^='S:']"
_PLACES = "template[id^='B:'], template[id^='P:']"
_DEEPEST = 5  # parts within parts
_END = "/$"  # the comment after what is shown until the part is there


def settle(tree: LexborHTMLParser) -> None:
    """Puts the parts of a page into their places."""
    parts = {_number(node): node for node in tree.css(_PARTS)}
    for _ in range(_DEEPEST if parts else 0):  # nearly never
        # Places in parts are filled when the parts are where they belong; others went with what
        # was shown instead of a part.
        passed = {node.mem_id for part in parts.values() for node in part.css(_PLACES)}
        for place in tree.css(_PLACES):
            part = None if place.mem_id in passed else parts.pop(_number(place), None)
            if part is not None:
                passed |= _put(part, place)


def _number(node: LexborNode) -> str:
    return (node.attributes.get("id") or "")[2:]


def _put(part: LexborNode, place: LexborNode) -> set[int]:
    """The places that went with what was shown instead."""
    for node in [*part.iter(include_text=True)]:
        place.insert_before(node)
    instead = _instead(place)
    gone = {each.mem_id for node in instead for each in node.css(_PLACES)}
    for node in [*instead, place, part]:
        node.decompose()
    return gone


def _instead(place: LexborNode) -> list[LexborNode]:
    """What is shown in a place as long as its part is not there. Nothing in that of a part of a
    part."""
    if (place.attributes.get("id") or "").startswith("P"):
        return []
    shown, node = list[LexborNode](), place.next
    while node is not None and node.comment_content != _END:
        shown.append(node)
        node = node.next
    is_shown_alone = place.parent is not None and place.parent.tag != "body"  # no parts beside it
    return shown if node is not None and is_shown_alone else []
