"""Tests of reading the archive anew."""
