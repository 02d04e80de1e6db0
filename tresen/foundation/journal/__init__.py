"""The journal: facts told once, in the transaction that made them true."""
