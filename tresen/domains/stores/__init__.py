"""Stores: who sells, where one sells, and under which rules of which market.

Owns:   stores (legal entity, place), markets (countries, currency, languages), channels, API keys.
Announces: nothing.
Never:  prices (pricing), goods (catalog), where goods lie (inventory).
"""
