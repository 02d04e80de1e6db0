"""Tests of the workflows about people's rights."""
