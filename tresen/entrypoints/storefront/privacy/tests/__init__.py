"""Tests of «My data»."""
