"""What docs/operating.md gives to other programs is what they take, and fits the project."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsdiff_crawler.commands.serve import Command as Serve
from newsdiff_crawler.web.metrics import BY_NODE, BY_SOURCE, GAUGES
from tests.support.crawling import PROJECT
from tests.support.machines import block
from tests.test_docs import all_options

DOCKERFILE = (PROJECT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((PROJECT / "compose.yaml").read_text("utf-8"))
FLEET = yaml.safe_load((PROJECT / "compose.fleet.yaml").read_text("utf-8"))
REQUIREMENTS = (PROJECT / "requirements-dev.txt").read_text("utf-8")


def test_alarms_are_of_metrics_that_the_site_has() -> None:
    yaml.safe_load(block("prometheus"))
    (group,) = yaml.safe_load(block("alarms"))["groups"]
    expressions = " ".join(rule["expr"] for rule in group["rules"])
    named = set(re.findall(r"newsdiff_\w+", expressions))
    assert named
    assert named <= {*GAUGES, *BY_SOURCE, *BY_NODE}


@pytest.mark.parametrize("composed", [COMPOSE, FLEET], ids=["one machine", "fleet"])
@pytest.mark.parametrize("service", ["crawl", "site"])
def test_a_container_runs_a_command_with_options_that_it_has(
    service: str, composed: dict[str, Any]
) -> None:
    command, *rest = composed["services"][service]["command"].split()
    assert (PROJECT / "newsdiff_crawler/commands" / f"{command}.py").is_file()
    if command == "serve":
        assert {each for each in rest if each.startswith("-")} <= all_options(Serve())


def test_the_image_gets_what_the_project_needs_and_docker_may_send_it() -> None:
    copied = {line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("COPY")}
    sent = (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
    assert copied == {"requirements.txt", "scrapy.cfg", "newsdiff_crawler"}
    assert {line[1:] for line in sent if line.startswith("!")} == copied
    assert all((PROJECT / each).exists() for each in copied)


def test_only_the_crawl_may_write_to_the_volume() -> None:
    volumes = {name: each["volumes"] for name, each in COMPOSE["services"].items()}
    assert volumes == {"crawl": ["record:/data"], "site": ["record:/data:ro"]}
    assert "NEWSDIFF_DATA=/data" in DOCKERFILE


def test_the_fleet_has_the_driver_that_is_pinned_and_no_site_that_may_write() -> None:
    services = FLEET["services"]
    (pin,) = re.findall(r"^psycopg\S+", REQUIREMENTS, re.M)
    assert services["crawl"]["build"]["args"]["EXTRAS"] == pin
    assert services["site"]["image"] == services["crawl"]["image"]
    assert services["site"]["volumes"] == ["archive:/data/archive:ro"]
    site = services["site"]["environment"]
    assert "newsdiff_site@" in site["NEWSDIFF_DATABASE"]
    assert site["PGPASSWORD"] == "${SITE_PASSWORD}"


def test_no_password_is_part_of_an_address() -> None:
    """One with an @ or a / would make another one of it."""
    addresses = [
        each["environment"].get("NEWSDIFF_DATABASE", "") for each in FLEET["services"].values()
    ]
    assert not any("PASSWORD" in address for address in addresses)


@pytest.mark.parametrize("composed", [COMPOSE, FLEET], ids=["one machine", "fleet"])
def test_the_image_has_a_folder_of_its_user_beneath_each_volume(composed: dict[str, Any]) -> None:
    """Docker would make it root's, and no crawl could write to it."""
    (made,) = re.findall(r"install -d -o newsdiff -g newsdiff (.*)", DOCKERFILE)
    wanted = {volume.split(":")[1] for volume in composed["services"]["crawl"]["volumes"]}
    assert wanted <= set(made.split())


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    if not (shutil.which("nginx") and shutil.which("openssl")):
        pytest.skip("nginx or openssl is not here")
    key = f"-keyout {tmp_path}/privkey.pem -out {tmp_path}/fullchain.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=news.example.org {key}"
    subprocess.run(make.split(), check=True, capture_output=True)
    site = block("nginx").replace("/etc/letsencrypt/live/news.example.org", str(tmp_path))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {site} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    check = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_caddy_takes_its_configuration(tmp_path: Path) -> None:
    if not shutil.which("caddy"):
        pytest.skip("caddy is not here")
    (tmp_path / "Caddyfile").write_text(block("caddy"))
    check = ["caddy", "adapt", "--config", str(tmp_path / "Caddyfile"), "--validate"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(check, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
