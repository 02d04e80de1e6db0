"""The forms of the staff as pages of the kit."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.types import MemberRow
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Crumb,
    FormField,
    FormPage,
    FormSection,
    ListSpec,
)
from tresen.entrypoints.backoffice.staffing import rows
from tresen.entrypoints.backoffice.staffing.forms import InvitationForm, RolesForm


def staff_spec() -> ListSpec[MemberRow]:
    """The list with its action, whose address is known once the routes are."""
    url = cast("str", reverse_lazy("backoffice:invitation"))
    invite = Action(_("Invite somebody"), url, tone="primary", icon="users")
    return replace(rows.STAFF, actions=[invite])


def invitation_page(form: InvitationForm) -> FormPage:
    people = [FormField(form[name], width="half") for name in ("username", "display_name")]
    return FormPage(
        title=gettext("Invite somebody"),
        form=form,
        sections=[
            FormSection(gettext("Who"), [*people, FormField(form["email"])]),
            _roles_section(form),
        ],
        submit_label=gettext("Invite"),
        cancel_url=reverse("backoffice:staff"),
        task="settings",
        crumbs=[Crumb(gettext("Staff"), reverse("backoffice:staff"))],
    )


def roles_page(form: RolesForm, row: MemberRow) -> FormPage:
    return FormPage(
        title=gettext("Roles of %(name)s") % {"name": row.name},
        form=form,
        sections=[_roles_section(form)],
        submit_label=gettext("Change roles"),
        cancel_url=rows.member_url(row.id),
        task="settings",
        crumbs=[Crumb(gettext("Staff"), reverse("backoffice:staff")), Crumb(row.name)],
    )


def _roles_section(form: RolesForm) -> FormSection:
    return FormSection(
        gettext("Roles"),
        [FormField(form["roles"]), FormField(form["stores"])],
        gettext("As few as the work needs. They hold from the next request on."),
    )
