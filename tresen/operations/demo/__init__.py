"""The demo shop: goods, pictures and a generator of our own, for trying out and for measuring."""
