"""Writes. Keywords only, inside the caller's transaction."""

from __future__ import annotations

from tresen.domains.privacy.commands.consents import (
    NoSuchOptIn,
    NoWords,
    ask_opt_in,
    confirm_opt_in,
    forget_opt_in_of,
    forget_opt_ins,
    note_consent,
    publish_consent_text,
    suppress,
)
from tresen.domains.privacy.commands.exports import (
    EXPORT_DAYS,
    count_download,
    forget_exports,
    forget_exports_of,
    keep_export,
)
from tresen.domains.privacy.commands.persons import (
    ask_person,
    mark_erased,
    mark_restricted,
    note_phone,
    person_for_email,
)
from tresen.domains.privacy.commands.processors import TransferRefused, save_processor
from tresen.domains.privacy.commands.requests import (
    NewRequest,
    NotAnswerable,
    NotExtendable,
    close_request,
    defer_request,
    extend_request,
    lock_request,
    note_step,
    open_request,
    prove_person,
)
from tresen.domains.privacy.commands.retention import (
    HoldWithoutReason,
    NoSuchHold,
    lift_hold,
    note_run,
    place_hold,
)

__all__ = [
    "EXPORT_DAYS",
    "HoldWithoutReason",
    "NewRequest",
    "NoSuchHold",
    "NoSuchOptIn",
    "NoWords",
    "NotAnswerable",
    "NotExtendable",
    "TransferRefused",
    "ask_opt_in",
    "ask_person",
    "close_request",
    "confirm_opt_in",
    "count_download",
    "defer_request",
    "extend_request",
    "forget_exports",
    "forget_exports_of",
    "forget_opt_in_of",
    "forget_opt_ins",
    "keep_export",
    "lift_hold",
    "lock_request",
    "mark_erased",
    "mark_restricted",
    "note_consent",
    "note_phone",
    "note_run",
    "note_step",
    "open_request",
    "person_for_email",
    "place_hold",
    "prove_person",
    "publish_consent_text",
    "save_processor",
    "suppress",
]
