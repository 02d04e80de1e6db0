"""Pricing: what one piece costs now, what it cost before, and what one must say about it.

Owns:   price lists, prices with quantity steps and validity, their history, announced reductions.
Announces: PricesChanged.
Never:  tax (tax), what an order was sold for (orders keep their own snapshot).
"""
