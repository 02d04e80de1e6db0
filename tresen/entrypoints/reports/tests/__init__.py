"""Tests of what browsers report."""
