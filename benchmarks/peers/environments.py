"""Environments for peers: made when first asked for, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks import machine

REQUIREMENTS = {
    "diffengine": (
        "requests==2.34.2",
        "readability-lxml==0.9",
        "lxml_html_clean==0.4.6",
        "bleach==6.4.0",
        "peewee==4.0.1",
        "htmldiff2==0.2.2",
        "jinja2==3.1.6",
    ),
    "newsdiffs": ("beautifulsoup4==4.15.0", "diff-match-patch==20241021"),
    "newspaper4k": ("newspaper4k==0.9.6", "lxml_html_clean==0.4.6"),
    "news-please": ("news-please==1.6.16",),
    # The last curl_cffi that has what this fundus imports of it.
    "fundus": ("fundus==0.5.7", "curl_cffi==0.15.0"),
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean==0.4.6"),
    "readability": ("readability-lxml==0.9", "lxml_html_clean==0.4.6"),
}
DONE = "installed"  # the file in an environment that is complete


class Absent(Exception):  # noqa: N818 - no fault of ours
    """A peer cannot be measured here; says why, in one line."""


def python_of(peer: str) -> Path:
    """The interpreter of a peer's environment. Raises Absent."""
    folder = _folder(peer)
    if not (folder / DONE).exists():
        raise Absent("not installed")
    return _python_in(folder)


def make(peer: str) -> None:
    """Makes the environment, if it is not there. What pip says where it fails is shown."""
    folder = _folder(peer)
    if (folder / DONE).exists():
        return
    print(f"Installing {peer} in {folder}", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    command = [str(_python_in(folder)), "-m", "pip", "install", "--quiet", *REQUIREMENTS[peer]]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        print(f"{peer} does not install: {made.stderr.strip()}", file=sys.stderr)
    else:
        (folder / DONE).touch()


def _python_in(folder: Path) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def _folder(peer: str) -> Path:
    """Another one for other requirements or another Python."""
    wanted = "\n".join((sys.version, *REQUIREMENTS[peer]))
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    return machine.cache() / f"{peer}-{digest[:8]}"
