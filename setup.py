"""The egg for Scrapyd: the package with its templates, static files and demo stories."""

from setuptools import find_packages, setup

setup(
    name="newsdiff_crawler",
    version="0.1.0",
    packages=find_packages(include=["newsdiff_crawler", "newsdiff_crawler.*"]),
    package_data={"newsdiff_crawler": ["web/templates/*", "web/static/*"]},
    entry_points={"scrapy": ["settings = newsdiff_crawler.settings"]},
)
