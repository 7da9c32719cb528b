"""The settings of a machine of the played fleet: the project's, without pauses, by a clock that is
set. ``FLEET_NOW``: the file that says what time it is; ``FLEET_AHEAD``: by how many seconds this
machine's clock is wrong."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from newsdiff_crawler.settings import *  # noqa: F403
from newsdiff_crawler.store.engine import database
from newsdiff_crawler.times import from_iso, to_iso

SPIDER_MODULES = ["newsdiff_crawler.spiders.all"]  # and the sources of sources.toml
AUTOTHROTTLE_ENABLED = False
DOWNLOAD_DELAY = 0
_AHEAD = float(os.environ.get("FLEET_AHEAD", 0))
_NOW = from_iso(Path(os.environ["FLEET_NOW"]).read_text("utf-8"))
NEWSDIFF_NOW = to_iso(_NOW + timedelta(seconds=_AHEAD))
if _AHEAD:
    vars(database)["time"] = SimpleNamespace(time=lambda: time.time() + _AHEAD)
