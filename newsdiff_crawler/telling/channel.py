"""What all channels have in common: they take a message, or say in one line why not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta

from newsdiff_crawler.telling.channels_table import (
    BlueskyTable,
    ChannelTable,
    ChatTable,
    HubTable,
    MailTable,
    MastodonTable,
)
from newsdiff_crawler.telling.message import Message, one_line
from newsdiff_crawler.telling.secrets import Secrets


class NotSentError(Exception):
    """A message did not go out; one line for people, without a secret. ``is_down``: no other would
    have either. ``wait``: what the service asks for."""

    def __init__(self, said: str, *, is_down: bool, wait: timedelta | None = None) -> None:
        super().__init__(one_line(said))
        self.is_down = is_down
        self.wait = wait


@dataclass(frozen=True)
class Sent:
    """A message went out. ``answer``: what the service calls it, where a later one may reply to
    it. ``remark``: what people should know all the same."""

    answer: str = ""
    remark: str = ""


class Channel(ABC):
    """One way to people."""

    @abstractmethod
    def send(self, message: Message) -> Sent:
        """Sends a message. Raises NotSentError and SecretError."""

    def close(self) -> None:  # noqa: B027 - most hold nothing
        """Lets go of connections."""


def channel_of(table: ChannelTable, secrets: Secrets) -> Channel:
    """The channel that a table describes. Raises SecretError, and NotSentError where what it needs
    is not installed."""
    if isinstance(table, MailTable):
        from newsdiff_crawler.telling.mail import MailChannel

        return MailChannel(table, secrets.get(table.password) if table.password else None)
    if isinstance(table, ChatTable):
        from newsdiff_crawler.telling.chat import ChatChannel

        return ChatChannel(secrets.get(table.url))
    if isinstance(table, MastodonTable):
        from newsdiff_crawler.telling.mastodon import MastodonChannel

        return MastodonChannel(table, secrets.get(table.token))
    if isinstance(table, BlueskyTable):
        from newsdiff_crawler.telling.bluesky import BlueskyChannel

        return BlueskyChannel(table, secrets.get(table.password))
    if isinstance(table, HubTable):
        from newsdiff_crawler.telling.websub import HubChannel

        return HubChannel(table)
    from newsdiff_crawler.telling.webhook import WebhookChannel

    return WebhookChannel(table, secrets.get(table.secret))
