"""WebSub (a W3C recommendation): the site's feeds name a hub, and what is new in them is announced
to it; it tells whoever follows them."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from newsdiff_crawler.services import UnreachedError, exchange
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import HubTable
from newsdiff_crawler.telling.message import Message

# What no watch and no channel of an operator's can be called.
FEEDS, HUB = "@feeds", "@hub"
_FORMATS = ("rss", "atom", "json")


class HubChannel(Channel):
    """One hub. A message's text is the names of the sources that changed, a line each."""

    def __init__(self, table: HubTable) -> None:
        self._hub = table.hub

    def send(self, message: Message) -> Sent:
        if not message.site:
            raise NotSentError("NEWSDIFF_SITE_URL does not say where the feeds are", is_down=True)
        topics = feeds_of(message.site, message.text.split())
        form = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        host = urlsplit(self._hub).hostname
        try:
            reply = exchange(self._hub, urlencode(form).encode(), headers)
        except UnreachedError as error:
            raise NotSentError(f"{host}: {error}", is_down=True) from None
        if not reply.is_good:
            raise NotSentError(f"{host}: HTTP {reply.status}", is_down=True, wait=reply.wait)
        return Sent()


def feeds_of(site: str, sources: list[str]) -> list[str]:
    """The addresses of the feeds that have what these sources changed, as the site names them."""
    queries = ["", *(f"?{urlencode({'source': source})}" for source in sources)]
    return [f"{site}/changes.{kind}{query}" for query in queries for kind in _FORMATS]
