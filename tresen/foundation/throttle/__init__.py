"""Throttles: how fast something may be tried, by cost; who is slower than that never notices.

`limits` counts exactly what must never be exceeded (a coupon). A throttle slows a crowd down.
"""
