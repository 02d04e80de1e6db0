"""What must hold in any shop at any moment, asked in SQL that shares nothing with the code.

The numbers are those of the house's list of invariants. Asked of each restored copy, nightly of
the newest backup, and by `tresen check invariants` of the shop itself.
"""
