"""Tests of what only the switched-on whole can show."""
