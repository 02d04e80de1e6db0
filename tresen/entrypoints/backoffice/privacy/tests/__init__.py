"""Tests of the screens about people's rights."""
