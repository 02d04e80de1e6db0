"""Discovery: what people see while they look for something: lists, facets, search, suggestions.

Owns:   one row per product, channel and language, ready to be shown; the words it is found by.
Announces: nothing.
Never:  truth about goods, prices or stock: everything here can be made again from the others.
"""
