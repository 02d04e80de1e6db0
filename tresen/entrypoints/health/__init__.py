"""Health: is the shop alive, is it ready, and what does it count."""
