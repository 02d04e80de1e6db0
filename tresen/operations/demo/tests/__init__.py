"""Tests of the demo shop's goods, pictures and generator."""
