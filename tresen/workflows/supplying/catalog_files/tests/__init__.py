"""Tests of reading and writing catalogue files."""
