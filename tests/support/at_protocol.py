"""A server of the AT Protocol on loopback: takes posts as Bluesky's does."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import grapheme

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request
from tests.support.receivers import PASSWORD

USER, DID = "newsdiff.news.example", "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
_TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


class _Posting(Connection):
    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        assert isinstance(self.server, PDS)
        self.server.take(Request("POST", self.path, headers), body).send(self)


class PDS(LoopbackServer):
    """Checks what the network checks: the key of a record, 300 characters as readers see them and
    3,000 bytes, that links lie within the text, that a reply is to what is there, and (as we want
    it) that a picture has a text. ``answers``: what is answered first to a post."""

    handler = _Posting

    def __init__(self, *answers: Answer) -> None:
        super().__init__(lambda _: Answer(status=404))
        self.answers = [*answers]
        self.logins = 0
        self.posts: dict[str, dict[str, Any]] = {}  # by URI
        self._blobs: dict[str, bytes] = {}

    def take(self, request: Request, body: bytes) -> Answer:
        method = request.path.removeprefix("/xrpc/")
        if method == "com.atproto.server.createSession":
            return self._session(json.loads(body))
        if request.headers.get("authorization") != f"Bearer {_token()}":
            return _error(401, "AuthMissing", "Authentication Required")
        if method == "com.atproto.repo.uploadBlob":
            return self._blob(body, request.headers["content-type"])
        assert method == "com.atproto.repo.putRecord"
        return self.answers.pop(0) if self.answers else self._put(json.loads(body))

    def _session(self, said: dict[str, str]) -> Answer:
        self.logins += 1
        if (said["identifier"], said["password"]) != (USER, PASSWORD):
            return _error(401, "AuthenticationRequired", "Invalid identifier or password")
        tokens = {"accessJwt": _token(), "refreshJwt": _token()}
        return _json(200, {**tokens, "handle": USER, "did": DID, "active": True})

    def _blob(self, body: bytes, kind: str) -> Answer:
        assert body.startswith(b"\x89PNG")
        link = "bafkrei" + sha256(body).hexdigest()[:52].translate(str.maketrans("0189", "2345"))
        self._blobs[link] = body
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": "image/png", "size": len(body)}
        return _json(200, {"blob": blob})

    def _put(self, said: dict[str, Any]) -> Answer:
        record = said["record"]
        assert (said["repo"], said["collection"]) == (USER, "app.bsky.feed.post")
        assert _TID.fullmatch(said["rkey"])
        problem = self._problem(record)
        if problem:
            return _error(400, "InvalidRequest", problem)
        uri = f"at://{DID}/app.bsky.feed.post/{said['rkey']}"
        self.posts[uri] = record
        return _json(200, {"uri": uri, "cid": self._cid(uri)})

    def _problem(self, record: dict[str, Any]) -> str:
        text = record["text"]
        if grapheme.length(text) > 300 or len(text.encode()) > 3000:
            return "Record/text must not be longer than 300 graphemes"
        for facet in record.get("facets") or []:
            start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            if not 0 <= start < end <= len(text.encode()):
                return "Invalid facet"
            text.encode()[start:end].decode()
        for reference in (record.get("reply") or {}).values():
            if isinstance(reference, dict) and reference["cid"] != self._cid(reference["uri"]):
                return "Invalid reply: no such record"
        for image in (record.get("embed") or {}).get("images", []):
            if not image["alt"] or image["image"]["ref"]["$link"] not in self._blobs:
                return "Invalid image"
        return ""

    def _cid(self, uri: str) -> str:
        if uri not in self.posts:
            return "none"
        return "bafyrei" + sha256(uri.encode()).hexdigest()[:52].translate(
            str.maketrans("0189", "2345")
        )


def _token() -> str:
    """One that does not end."""
    head, said = {"alg": "none", "typ": "at+jwt"}, {"sub": DID, "exp": 4102444800, "iat": 0}
    parts = (
        urlsafe_b64encode(json.dumps(part).encode()).decode().strip("=") for part in (head, said)
    )
    return ".".join([*parts, "c2lnbmVk"])


def _json(status: int, said: dict[str, Any]) -> Answer:
    return Answer(json.dumps(said).encode(), status, {"Content-Type": "application/json"})


def _error(status: int, name: str, message: str) -> Answer:
    return _json(status, {"error": name, "message": message})
