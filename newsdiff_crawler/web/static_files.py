"""The site's style, icon and script, served by Starlette."""

from __future__ import annotations

import atexit
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.staticfiles import StaticFiles


def static_files() -> StaticFiles:
    """An application that serves the package's static files.

    Starlette serves files on disk. If the package is an egg, a zip file, they are unpacked into a
    folder that lasts as long as the process.
    """
    packed = files("newsdiff_crawler.web") / "static"
    if isinstance(packed, Path):
        return StaticFiles(directory=packed)
    folder = TemporaryDirectory(prefix="newsdiff-")
    atexit.register(folder.cleanup)
    for file in packed.iterdir():
        (Path(folder.name) / file.name).write_bytes(file.read_bytes())
    return StaticFiles(directory=folder.name)
