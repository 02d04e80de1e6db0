"""What settings.SESSION_ENGINE names: Django asks it where no request says the realm."""

from __future__ import annotations

from tresen.entrypoints.shared.sessions.store import SessionStore

__all__ = ["SessionStore"]
