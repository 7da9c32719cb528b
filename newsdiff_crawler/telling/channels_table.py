"""What a table ``[channel.NAME]`` may say, kind by kind."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_SECRET = re.compile(r"[A-Z][A-Z0-9_]*")
_ADDRESS = re.compile(r"[^\s@<>,]+@[^\s@<>,]+")
_URL = re.compile(r"[!#-;=?-~]+")  # what is between angle brackets in a header, too
_HOST = re.compile(r"[\w.-]*\w|[0-9a-f:]*:[0-9a-f:]*", re.IGNORECASE)


def _secret(name: str) -> str:
    if not _SECRET.fullmatch(name):
        raise ValueError(
            "expected the name of a secret, as DESK_PASSWORD; the secret itself is kept elsewhere"
        )
    return name


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text")
    return text


def _address(text: str) -> str:
    try:
        is_one = _one_line(text).isascii() and Address(addr_spec=text).domain
    except (HeaderParseError, ValueError, IndexError):
        is_one = ""
    if not is_one or not _ADDRESS.fullmatch(text):
        raise ValueError(f"expected a mail address, as desk@news.example, not {text!r}")
    return text


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError("expected an address that begins with https:// or http://")
    if not _URL.fullmatch(text):
        raise ValueError("expected an address without spaces and other letters than ASCII's")
    if "@" in parts.netloc:
        raise ValueError("expected an address without user name and password")
    return text


def _unsubscribe(text: str) -> str:
    if not text.startswith("mailto:"):
        return _url(text)
    _address(text.removeprefix("mailto:").partition("?")[0])
    if not _URL.fullmatch(text):
        raise ValueError("expected an address without spaces, which are %20 in it")
    return text


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise ValueError(f"expected the name of a server, as smtp.news.example, not {text!r}")
    return text


def _handle(text: str) -> str:
    if text.startswith("@"):
        raise ValueError(f"expected a handle without its @, not {text!r}")
    return text


SecretName = Annotated[str, AfterValidator(_secret)]
MailAddress = Annotated[str, AfterValidator(_address)]
Line = Annotated[str, AfterValidator(_one_line)]
Url = Annotated[str, AfterValidator(_url)]


class _Channel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class MailTable(_Channel):
    """Mail by the operator's own server. ``password``: the name of a secret."""

    kind: Literal["mail"]
    server: Annotated[str, AfterValidator(_host)]
    port: int = Field(587, ge=1, le=65535)
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: Line = ""
    password: SecretName | None = None
    sender: MailAddress
    to: list[MailAddress] = Field(min_length=1)
    unsubscribe: Annotated[str, AfterValidator(_unsubscribe)] | None = None

    @model_validator(mode="after")
    def _has_both(self) -> MailTable:
        if bool(self.user) != bool(self.password):
            raise ValueError("expected user and password together, or neither")
        return self


class WebhookTable(_Channel):
    """A webhook after Standard Webhooks. ``secret``: the name of its key, ``whsec_...``."""

    kind: Literal["webhook"]
    url: Url
    secret: SecretName


class ChatTable(_Channel):
    """Any service that Apprise knows. ``url``: the name of the secret that is Apprise's URL."""

    kind: Literal["apprise"]
    url: SecretName


class MastodonTable(_Channel):
    """One account on a server of Mastodon's. ``token``: the name of a secret. ``limit``: how many
    characters the server allows a post."""

    kind: Literal["mastodon"]
    server: Url
    token: SecretName
    visibility: Literal["public", "unlisted", "private"] = "public"
    limit: int = Field(500, ge=100, le=100_000)
    pictures: bool = True


class BlueskyTable(_Channel):
    """One account on Bluesky, or on another server that speaks its protocol. ``password``: the name
    of a secret, an app password."""

    kind: Literal["bluesky"]
    server: Url = "https://bsky.social"
    user: Annotated[Line, Field(min_length=1), AfterValidator(_handle)]
    password: SecretName
    pictures: bool = True


class HubTable(_Channel):
    """The hub of the site's feeds, which is a setting, checked there, and stands in no file."""

    hub: str


ChannelTable = MailTable | WebhookTable | ChatTable | MastodonTable | BlueskyTable | HubTable
KINDS: dict[str, type[ChannelTable]] = {
    "mail": MailTable,
    "webhook": WebhookTable,
    "apprise": ChatTable,
    "mastodon": MastodonTable,
    "bluesky": BlueskyTable,
}
