"""Nothing about people is in this table."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "watches_watch": ("names of watches, and our own words about our own pages", ("name", "words")),
}
