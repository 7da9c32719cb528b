"""scrapyd-deploy builds the egg with this; pyproject.toml says all that there is to know."""

from setuptools import setup

setup()
