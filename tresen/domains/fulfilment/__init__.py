"""Fulfilment: how and by when goods reach people, and what has left the house.

Owns:   delivery options with their promises, parcels and hand-overs.
Announces: ParcelPacked.
Never:  counts stock (inventory), takes money (payments), changes what was promised (orders).
"""
