"""Measurements beside other tools; no part of the tests."""
