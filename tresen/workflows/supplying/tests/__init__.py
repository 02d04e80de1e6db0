"""Tests of supplying."""
