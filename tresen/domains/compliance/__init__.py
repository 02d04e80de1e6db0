"""Compliance: the legal texts of the shop, versioned, so that an order can name what was shown.

Owns:   legal texts and their versions.
Announces: nothing.
Never:  taxes (tax), consents of people (privacy).
"""
