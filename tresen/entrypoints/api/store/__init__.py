"""The store API, version 1: what a shop front needs."""
