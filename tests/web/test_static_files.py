"""The site's own files: each with its type, and sent once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.web import static_files

TYPES = {".css": "text/css", ".js": "javascript", ".svg": "image/svg+xml"}
FILES = sorted(file.name for file in (files("newsdiff_crawler.web") / "static").iterdir())


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_type_and_is_not_sent_again(client: TestClient, name: str) -> None:
    first = client.get(f"/static/{name}")
    assert first.status_code == 200
    assert TYPES[name[name.rindex(".") :]] in first.headers["content-type"]
    again = client.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["nothing.css", "%2e%2e/app.py", "..%2fapp.py", ""])
def test_nothing_else_is_there(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_they_are_served_from_an_egg_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "package.egg", "w") as egg:
        egg.writestr("static/style.css", "p {}")
    packed = ZipPath(tmp_path / "package.egg")
    monkeypatch.setattr(static_files, "files", lambda package: packed)
    assert TestClient(static_files.static_files()).get("/style.css").text == "p {}"
