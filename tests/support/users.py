"""Commands run by one who has no more rights on files than these say: root has all of them."""

from __future__ import annotations

import os
import shutil

import pytest


def as_plain_user() -> list[str]:
    """What to put before a command. A file of another user's is then as foreign to root as to
    anybody."""
    if os.getuid():
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root's rights can only be taken away by setpriv, which is not here")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search,-fowner"]
