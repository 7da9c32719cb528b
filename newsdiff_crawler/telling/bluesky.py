"""Bluesky, and whoever else speaks its AT Protocol: one thread for each article, each change a
reply to the one before."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from newsdiff_crawler.services import TIMEOUT
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import BlueskyTable
from newsdiff_crawler.telling.chat import discreet
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.picture import HEIGHT, WIDTH, picture_of
from newsdiff_crawler.telling.secrets import Secret
from newsdiff_crawler.telling.short_post import cut, linked_post
from newsdiff_crawler.times import from_iso

INSTALL = "atproto is not installed: pip install 'newsdiff_crawler[notify]'"
MOST = 300  # characters of a post, as readers see them
MOST_BYTES = 3000
LONGEST_ALT = 1000  # characters
_POSTS = "app.bsky.feed.post"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_LONGEST_WAIT = timedelta(days=1)


class BlueskyChannel(Channel):
    """One account. The key of a post follows from its message: what is sent twice is there once."""

    def __init__(self, table: BlueskyTable, password: Secret) -> None:
        try:
            import atproto
            import atproto.exceptions
            import grapheme
            import httpx
        except ImportError:
            raise NotSentError(INSTALL, is_down=True) from None
        self._table, self._password = table, password
        self._atproto, self._length = atproto, grapheme.length
        self._httpx = httpx

    def send(self, message: Message) -> Sent:
        """As a reply where the article was told before, and what was told is still there."""
        with discreet(), self._explained():
            post = self._post(message)
            try:
                return self._put(post, message, message.reply_to)
            except self._atproto.exceptions.BadRequestError:
                if not message.reply_to:
                    raise
                return self._put(post, message, "")

    def close(self) -> None:
        if "_request" in self.__dict__:
            self._request.close()

    @cached_property
    def _request(self) -> Any:
        return self._atproto.Request(timeout=TIMEOUT, max_redirects=0)

    @cached_property
    def _client(self) -> Any:
        """Logged in, once a round: the service allows few log-ins a day."""
        client = self._atproto.Client(base_url=self._table.server, request=self._request)
        client.login(self._table.user, self._password.value, fetch_bsky_profile=False)
        return client

    def _post(self, message: Message) -> dict[str, Any]:
        text, link, url = linked_post(message, MOST, MOST_BYTES, self._length)
        post: dict[str, Any] = {
            "text": text + link,
            "created_at": message.made_at,
            "langs": ["en"],
        }
        if link:
            start, end = len(text.encode()), len((text + link).encode())
            post["facets"] = [self._facet(start, end, url)]
        picture = picture_of(message) if self._table.pictures else None
        if picture:
            models = self._atproto.models
            image = models.AppBskyEmbedImages.Image(
                alt=cut(picture.alt, LONGEST_ALT, self._length),
                image=self._upload(picture.png),
                aspect_ratio=models.AppBskyEmbedDefs.AspectRatio(width=WIDTH, height=HEIGHT),
            )
            post["embed"] = models.AppBskyEmbedImages.Main(images=[image])
        return post

    def _upload(self, png: bytes) -> Any:
        with warnings.catch_warnings():  # atproto gives httpx bytes in a way that is on its way out
            warnings.simplefilter("ignore", DeprecationWarning)
            return self._client.upload_blob(png).blob

    def _facet(self, start: int, end: int, url: str) -> Any:
        facets = self._atproto.models.AppBskyRichtextFacet
        place = facets.ByteSlice(byte_start=start, byte_end=end)
        return facets.Main(features=[facets.Link(uri=url)], index=place)

    def _put(self, post: dict[str, Any], message: Message, reply_to: str) -> Sent:
        models = self._atproto.models
        root, reply = None, None
        known = _known(reply_to)
        if known:
            parent, root = known
            references = models.ComAtprotoRepoStrongRef
            reply = models.AppBskyFeedPost.ReplyRef(
                parent=references.Main(uri=parent[0], cid=parent[1]),
                root=references.Main(uri=root[0], cid=root[1]),
            )
        answer = self._client.com.atproto.repo.put_record(
            models.ComAtprotoRepoPutRecord.Data(
                repo=self._table.user,
                collection=_POSTS,
                rkey=key_of(message),
                record=models.AppBskyFeedPost.Record(**post, reply=reply),
            )
        )
        here = [answer.uri, answer.cid]
        return Sent(json.dumps([here, root or here]))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        errors = self._atproto.exceptions
        try:
            yield
        except errors.RateLimitExceededError as error:
            raise self._not_sent("wants fewer posts", wait=_wait_of(error)) from None
        except errors.UnauthorizedError:
            raise self._not_sent("refused the user or the password") from None
        except errors.BadRequestError as error:
            raise self._not_sent(f"refused the post: {_said(error)}", is_down=False) from None
        except errors.RequestErrorBase as error:
            status = getattr(error.response, "status_code", None)
            kind = f"HTTP {status}" if status else type(error).__name__
            raise self._not_sent(f"cannot be reached: {kind}") from None
        except self._httpx.HTTPError as error:  # which atproto lets through
            raise self._not_sent(f"cannot be reached: {type(error).__name__}") from None
        except (errors.AtProtocolError, ValueError):
            raise self._not_sent("answers, but not as Bluesky does") from None

    def _not_sent(
        self, said: str, *, is_down: bool = True, wait: timedelta | None = None
    ) -> NotSentError:
        host = urlsplit(self._table.server).hostname
        line = self._password.hidden_in(f"{host} {said}")
        return NotSentError(line, is_down=is_down, wait=wait)


def key_of(message: Message) -> str:
    """The key of a post, in the form that the protocol wants: a time in microseconds and ten bits,
    which tell it from others of the same second."""
    seconds = int(from_iso(message.made_at).timestamp())
    digest = int.from_bytes(hashlib.sha256(message.name.encode()).digest()[:8], "big")
    number = ((seconds * 1_000_000 + digest % 1_000_000) << 10) | (digest >> 54)
    return "".join(_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


def _known(reply_to: str) -> list[list[str]] | None:
    """A post and the first of its thread, as `_put` names them; None where there is none, or where
    another service named it, by which the channel went before."""
    try:
        known = json.loads(reply_to)
    except ValueError:
        return None
    return known if isinstance(known, list) else None


def _said(error: Any) -> str:
    content = getattr(error.response, "content", None)
    return str(getattr(content, "message", None) or getattr(content, "error", None) or "HTTP 400")


def _wait_of(error: Any) -> timedelta | None:
    """Until when its limit holds, as it says in seconds since 1970."""
    headers = getattr(error.response, "headers", None) or {}
    try:
        reset = datetime.fromtimestamp(int(headers.get("ratelimit-reset", "")), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(reset - datetime.now(timezone.utc), timedelta()), _LONGEST_WAIT)
