"""Tax: which rate applies to which goods, where and on which day, and how it is rounded.

Owns:   dated rates per country and tax category, the rules of place of supply and rounding.
Announces: nothing.
Never:  prices (pricing), what an order was taxed with (orders keep their own snapshot).
"""
