"""Catalog: what we sell, described in every language, and where it is shown.

Owns:   products, variants, options, attributes, brands, categories, media, publication per channel.
Announces: ProductChanged, ProductsImported, CategoryChanged.
Never:  prices (pricing), tax rates (tax), stock (inventory), search and facets (discovery).
"""
