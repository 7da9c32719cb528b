"""The egg for Scrapyd: the package with the site's templates and static files. The rest that
setuptools needs to know is in pyproject.toml."""

from setuptools import find_packages, setup

setup(
    packages=find_packages(include=["newsdiff_crawler", "newsdiff_crawler.*"]),
    package_data={"newsdiff_crawler.web": ["templates/*", "static/*"]},
)
