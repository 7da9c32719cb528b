"""The pages of the channels, tried to the letter: each table as it stands there, against a server
of its kind. Only the address is that of the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.at_protocol import PDS
from tests.support.receivers import PASSWORD, SECRET, Network, mail_server
from tests.telling.conftest import Desk
from tests.telling.test_chat import Chat

# Apprise imports it on Pythons that still have it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
PAGES = Path(__file__).parents[2] / "docs" / "telling"


def table(page: str, kind: str) -> str:
    """The table of a channel of this kind."""
    blocks = re.findall(r"^```\n(.*?)^```", (PAGES / page).read_text("utf-8"), re.M | re.S)
    (block,) = [block for block in blocks if f'kind = "{kind}"' in block]
    return str(block)


def told(desk: Desk, channel: str, secrets: dict[str, str]) -> None:
    """Tells one change by it."""
    (name,) = re.findall(r"^\[channel\.(\w+)\]", channel, re.M)
    (desk.folder / "secrets.toml").write_text(
        "".join(f'{key} = "{value}"\n' for key, value in secrets.items()), "utf-8"
    )
    (desk.folder / "secrets.toml").chmod(0o600)
    desk.says(f'[watch.all]\nchannels = ["{name}"]\n{channel}')
    desk.change()
    done = desk.round()
    assert (done.sent, done.lines) == (1, ())


def at(channel: str, key: str, address: str) -> str:
    """The table with another address in it."""
    changed = re.sub(rf'^{key} = ".*"$', f'{key} = "{address}"', channel, flags=re.M)
    assert changed != channel
    return changed


def test_mail(desk: Desk) -> None:
    with mail_server() as mails:
        channel = at(table("mail.md", "mail"), "server", "127.0.0.1")
        channel = channel.replace("port = 587", f"port = {mails.port}")
        channel = channel.replace('tls = "starttls"', 'tls = "none"')  # it has no certificate
        told(desk, channel, {"DESK_PASSWORD": PASSWORD})
    (mail,) = mails.taken
    assert mail["List-Unsubscribe"] == "<mailto:newsdiff@news.example?subject=leave>"


def test_webhook(desk: Desk) -> None:
    channel = at(table("webhook.md", "webhook"), "url", desk.hook.address)
    told(desk, channel, {"PROGRAM_KEY": SECRET})
    assert len(desk.hook.taken) == 1


def test_chat(desk: Desk) -> None:
    with Chat() as chat:
        address = f"json://127.0.0.1:{chat.server_address[1]}/"
        told(desk, table("chat.md", "apprise"), {"CHAT_URL": address})
    assert len(chat.taken) == 1


def test_mastodon(desk: Desk) -> None:
    with Network() as network:
        channel = at(table("networks.md", "mastodon"), "server", network.address)
        told(desk, channel, {"MASTODON_TOKEN": PASSWORD})
    (post,) = network.posts.values()
    assert post["visibility"] == "unlisted"


def test_bluesky(desk: Desk) -> None:
    with PDS() as network:
        channel = f'{table("networks.md", "bluesky")}server = "{network.address}"\n'
        told(desk, channel, {"BLUESKY_PASSWORD": PASSWORD})
    assert len(network.posts) == 1
