"""Data about people in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import PersonalColumn

_ANSWER = ("answer a request about one's data", "prove that it was answered")


def _column(
    table: str, column: str, *purposes: str, basis: str = "6(1)(c)", retention: str = "request"
) -> PersonalColumn:
    return PersonalColumn(
        table=table,
        column=column,
        subject="customer",
        purposes=purposes,
        basis=basis,
        retention=retention,
    )


COLUMNS = (
    _column("privacy_request", "wish", *_ANSWER),
    _column("privacy_request", "identity_note", *_ANSWER),
    _column("privacy_request", "answer", *_ANSWER),
    _column("privacy_export", "body", *_ANSWER, retention="export"),
    _column(
        "privacy_opt_in",
        "email",
        "ask whether an address is yours",
        basis="6(1)(a)",
        retention="opt_in",
    ),
    _column(
        "privacy_opt_in",
        "email_index",
        "ask an address only once",
        basis="6(1)(a)",
        retention="opt_in",
    ),
    _column("privacy_consent_event", "email_index", "prove a consent", retention="consent_proof"),
    _column("privacy_suppression", "email_index", "keep to an objection", retention="suppression"),
)
