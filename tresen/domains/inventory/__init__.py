"""Inventory: where goods lie, for whom they are kept, and why each number is what it is.

Owns:   locations, stock levels, holds of carts, allocations of orders, the movement ledger.
Announces: StockChanged.
Never:  decides how a parcel travels (fulfilment), sells or prices anything.
"""
