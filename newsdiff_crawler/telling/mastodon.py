"""Mastodon: one thread for each article, each change a reply to the one before."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from newsdiff_crawler.services import AGENT, TIMEOUT
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import MastodonTable
from newsdiff_crawler.telling.chat import calls_nobody, discreet
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.picture import picture_of
from newsdiff_crawler.telling.secrets import Secret
from newsdiff_crawler.telling.short_post import cut, short_post

INSTALL = "Mastodon.py is not installed: pip install 'newsdiff_crawler[notify]'"
LONGEST_ALT = 1500  # characters of a text in place of a picture
LINK_LENGTH = 23  # of any link, whatever it is
VERSION = "4.0.0"  # all that is asked for is in it; the library asks for none
OF_THE_POST = 422  # it breaks a rule; another may be taken
_TAGS = re.compile(r"(?<![\w/?&=])[#＃](?=\w)")
_LINKS = re.compile(r"https?://\S*[^\s.,;:!?)\]}'\"”’»]", re.IGNORECASE)
_RATE_WAIT = timedelta(minutes=5)  # the span that most of its limits are for


class MastodonChannel(Channel):
    """One account. The key of a message is what makes the network take it once, however often it
    is sent within an hour."""

    def __init__(self, table: MastodonTable, token: Secret) -> None:
        try:
            import grapheme
            import mastodon
        except ImportError:
            raise NotSentError(INSTALL, is_down=True) from None
        self._table, self._token = table, token
        self._mastodon, self._length = mastodon, grapheme.length

    def send(self, message: Message) -> Sent:
        """As a reply where the article was told before, and what was told is still there."""
        text = _harmless(short_post(message, self._table.limit, self._counted, LINK_LENGTH))
        with discreet():
            try:
                return Sent(self._post(text, message))
            except self._mastodon.MastodonRatelimitError:
                raise self._not_sent("wants fewer posts", wait=_RATE_WAIT) from None
            except self._mastodon.MastodonUnauthorizedError:
                raise self._not_sent("refused the token") from None
            except (self._mastodon.MastodonNetworkError, self._mastodon.MastodonServerError) as e:
                raise self._not_sent(f"cannot be reached: {type(e).__name__}") from None
            except self._mastodon.MastodonAPIError as error:
                raise self._refused(*error.args) from None

    def _counted(self, text: str) -> int:
        """As the network does, but a long link as it is: one that a newspaper wrote may be none."""
        return int(self._length(_LINKS.sub(_at_least, _harmless(text))))

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.session.close()

    @cached_property
    def _client(self) -> Any:
        return self._mastodon.Mastodon(
            access_token=self._token.value,
            api_base_url=self._table.server,
            mastodon_version=VERSION,
            session=self._session(),
            ratelimit_method="throw",
            request_timeout=TIMEOUT,
            user_agent=AGENT,
        )

    def _session(self) -> Any:
        """Led nowhere else: what is meant for one server goes to no other."""
        import requests

        session = requests.Session()
        session.max_redirects = 0
        return session

    def _post(self, text: str, message: Message) -> str:
        client = self._client
        known: dict[str, Any] = {
            "visibility": self._table.visibility,
            "idempotency_key": message.name,
        }
        picture = picture_of(message) if self._table.pictures else None
        if picture:
            media = client.media_post(
                io.BytesIO(picture.png),
                mime_type="image/png",
                description=cut(picture.alt, LONGEST_ALT, self._length),
            )
            known["media_ids"] = [self._id_of(media)]
        try:
            answer = client.status_post(text, in_reply_to_id=message.reply_to or None, **known)
        except self._mastodon.MastodonNotFoundError:
            if not message.reply_to:
                raise
            answer = client.status_post(text, **known)
        return self._id_of(answer)

    def _id_of(self, answer: Any) -> str:
        """What the network calls what it took: who has no name for it did not take it."""
        id_ = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(id_, (str, int)):
            raise self._not_sent("answers, but not as Mastodon does")
        return str(id_)

    def _refused(self, *what: object) -> NotSentError:
        """``what``: a few words, the status, its name, and what the server says."""
        if len(what) < 4:
            return self._not_sent("answers, but not as Mastodon does")
        _, status, name, said = what[:4]
        problem = f"refused the post: HTTP {status}: {said or name}"
        return self._not_sent(problem, is_down=status != OF_THE_POST)

    def _not_sent(
        self, said: str, *, is_down: bool = True, wait: timedelta | None = None
    ) -> NotSentError:
        host = urlsplit(self._table.server).hostname
        line = self._token.hidden_in(f"{host} {said}")
        return NotSentError(line, is_down=is_down, wait=wait)


def _harmless(text: str) -> str:
    """A post that calls nobody, and is listed under no hashtag that a newspaper wrote."""
    return _TAGS.sub("#\u200b", calls_nobody(text))


def _at_least(link: re.Match[str]) -> str:
    return link[0].ljust(LINK_LENGTH, "x")
