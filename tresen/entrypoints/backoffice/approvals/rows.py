"""From wishes to the kit's lists and details."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.types import ApprovalKind, ApprovalRow, ApprovalState
from tresen.domains.payments.types import RefundReason
from tresen.entrypoints.backoffice import words
from tresen.entrypoints.backoffice.approvals.forms import PURPOSES
from tresen.entrypoints.backoffice.approvals.questions import list_url, question_words
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Linked,
    ListSpec,
    Section,
    Value,
)
from tresen.foundation.ids import outer
from tresen.foundation.money import Money

LISTS = {"orders": _("Orders"), "affected": _("Affected people")}
"""Lists with people in them, and what they are called; each is the name of its page, too."""


def wish_url(approval_id: UUID, name: str = "approval") -> str:
    return reverse(f"backoffice:{name}", args=[outer("apr", approval_id)])


def what(row: ApprovalRow) -> str:
    if row.kind is ApprovalKind.REFUND:
        return gettext("Refund")
    return gettext("List «%(name)s» as a file") % {"name": list_title(row.object_id)}


def list_title(name: str) -> str:
    return str(LISTS.get(name, name))


def amount(row: ApprovalRow) -> Money | None:
    return None if row.amount_minor is None else Money(row.amount_minor, row.currency)


APPROVALS: ListSpec[ApprovalRow] = ListSpec(
    name="approvals",
    title=_("Waits for a second person"),
    task="today",
    columns=[
        Column("what", _("What"), lambda row: Linked(what(row), wish_url(row.id))),
        Column("amount", _("Amount"), amount, kind="money"),
        Column("asked", _("Asked"), lambda row: row.asked_at),
        Column("until", _("Until"), lambda row: row.until),
    ],
    row_id=lambda row: outer("apr", row.id),
    row_url=lambda row: wish_url(row.id),
    empty=Empty(
        _("Nothing waits for a second person"),
        _("Large refunds and lists with people in them appear here."),
    ),
)


def approval_page(row: ApprovalRow, names: Mapping[UUID, str], *, is_own: bool) -> DetailPage:
    """Who wants what and why; the one who asked decides nothing."""
    own = gettext("You have asked for this yourself. Somebody else has to decide.")
    return DetailPage(
        title=what(row),
        task="today",
        crumbs=[
            Crumb(gettext("Waits for a second person"), reverse("backoffice:approvals")),
            Crumb(what(row)),
        ],
        chips=[_chip(row)],
        lead=own if is_own else "",
        actions=[] if is_own or row.state is not ApprovalState.WAITING else _actions(row),
        sections=[Section("what", gettext("What"), facts=_facts(row, names))],
    )


def _actions(row: ApprovalRow) -> list[Action]:
    return [
        Action(
            gettext("Allow"),
            wish_url(row.id, "approval_allowance"),
            method="post",
            tone="primary",
            confirm=gettext("It is carried out once, with both names in the audit."),
        ),
        Action(gettext("Decline"), wish_url(row.id, "approval_refusal"), method="post"),
    ]


def _facts(row: ApprovalRow, names: Mapping[UUID, str]) -> list[Fact]:
    facts = [
        Fact(gettext("Reason"), _reason(row)),
        Fact(gettext("Asked by"), names.get(row.asked_by, "")),
        Fact(gettext("Asked"), row.asked_at),
        Fact(gettext("Until"), row.until),
    ]
    if row.kind is ApprovalKind.REFUND:
        facts = [Fact(gettext("Amount"), amount(row)), Fact(gettext("For"), _order(row)), *facts]
    if row.kind is ApprovalKind.EXPORT:
        url = list_url(row.object_id, row.question)
        facts = [
            Fact(gettext("Rows"), Linked(question_words(row.object_id, row.question), url)),
            *facts,
        ]
    if row.decided_by:
        facts.append(Fact(gettext("Decided by"), names.get(row.decided_by, "")))
    return facts


def _order(row: ApprovalRow) -> Value:
    url = reverse("backoffice:order", args=[outer("ord", UUID(row.object_id))])
    return Linked(gettext("an order"), url)


def _reason(row: ApprovalRow) -> str:
    if row.kind is ApprovalKind.REFUND:
        return words.reason_words(RefundReason(row.reason))
    return str(dict(PURPOSES).get(row.reason, row.reason))


def _chip(row: ApprovalRow) -> Chip:
    return {
        ApprovalState.WAITING: Chip(_("waits"), "attention"),
        ApprovalState.APPROVED: Chip(_("allowed"), "ok"),
        ApprovalState.DECLINED: Chip(_("declined"), "quiet"),
    }[row.state]
