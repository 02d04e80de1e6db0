"""Tests of virus scanners."""
