"""Tests of the watches."""
