"""Tests of handing out files."""
