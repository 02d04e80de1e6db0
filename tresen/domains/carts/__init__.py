"""Carts: what a customer means to buy, and how it shall reach them.

Owns:   carts, their lines, the contact, address, delivery and payment chosen so far.
Announces: nothing.
Never:  prices (pricing), stock (inventory), promises (orders).
"""
