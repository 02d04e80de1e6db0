"""Tests of the tax domain."""
