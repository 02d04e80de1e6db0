"""Tests of the watches over our own pages."""
