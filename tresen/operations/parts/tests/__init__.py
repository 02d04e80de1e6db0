"""Tests of the list of parts."""
