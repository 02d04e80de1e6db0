"""How an order was checked, in plain words, and how to ask a person."""
