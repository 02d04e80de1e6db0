"""What the signed link to an order is called, and how long it lives."""

from __future__ import annotations

ORDER_LINK = "order page"
LINK_DAYS = 365
