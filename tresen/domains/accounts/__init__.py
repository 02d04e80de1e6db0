"""Accounts: who may come in behind the counter, and as what.

Owns:   staff accounts and their roles; factors are kept by the sign-in library.
Announces: nothing.
Never:  customers' orders (orders), what a role may do to goods or money (entrypoints decide).
"""
