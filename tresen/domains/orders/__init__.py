"""Orders: what a customer was promised, at which price, with which tax and by when.

Owns:   orders, their lines, their tax groups, their history, the roll-ups of payment and delivery.
Announces: OrderPlaced, OrderCancelled, OrderPaid, OrderShipped.
Never:  takes money (payments), moves goods (fulfilment, inventory), reads today's price (pricing).
"""
