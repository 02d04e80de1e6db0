"""Nothing about people is in this table."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {"throttle_bucket": ("keyed fingerprints, for minutes", ("key",))}
