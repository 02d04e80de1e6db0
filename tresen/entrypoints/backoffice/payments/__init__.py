"""Money by hand: refunds that somebody sends, and payments that somebody looks at."""
