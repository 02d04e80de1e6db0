"""The record of processing as a page that can be printed, and the services under contract."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.accounts.types import Permission
from tresen.domains.privacy.queries.processors import find_processor, list_processors
from tresen.domains.privacy.types.processors import Mechanism, Processor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Fact,
    FormField,
    FormPage,
    FormSection,
    Linked,
    Section,
    Table,
    Value,
)
from tresen.entrypoints.backoffice.privacy.classes import class_words
from tresen.entrypoints.backoffice.privacy.retention import period_words
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.processing import Activity, processing_record
from tresen.workflows.trusting.processors import set_processor

SUBJECTS = {"customer": _("customers"), "staff": _("staff")}
RECIPIENTS = {
    "mail": _("mail service"),
    "payment": _("payment service"),
    "carrier": _("parcel service"),
    "tax": _("tax adviser and tax office"),
    "backup": _("keeper of backups"),
}
MECHANISMS = {
    Mechanism.NONE: _("not needed: within the EEA"),
    Mechanism.ADEQUACY: _("decision of the Commission (adequacy)"),
    Mechanism.FRAMEWORK: _("Data Privacy Framework, listed company"),
    Mechanism.CLAUSES: _("standard clauses with an assessment"),
}
NEW = "new"


@require_GET
def record_page(request: HttpRequest) -> HttpResponse:
    """Everything that is done with data about people, from the running configuration."""
    found = processing_record(now=clock.now())
    handles = standing_of(request).may(Permission.PRIVACY_HANDLE)
    responsible = found.controller
    page = DetailPage(
        title=gettext("Record of processing"),
        task="trust",
        crumbs=[Crumb(gettext("Record of processing"))],
        lead=gettext(
            "Art. 30 GDPR. Made from the registry of personal data and the services that are "
            "enabled, at this moment. Print it with your browser."
        ),
        actions=[Action(gettext("Add a service"), _processor_url(NEW))],
        sections=[
            Section(
                "controller",
                gettext("Responsible"),
                facts=[
                    Fact(gettext("Name"), responsible["name"]),
                    Fact(gettext("Address"), f"{responsible['street']}, {responsible['place']}"),
                    Fact(gettext("E-mail"), responsible["email"]),
                    Fact(gettext("Data lie in"), found.storage or gettext("not named yet")),
                    Fact(gettext("As of"), found.made_on),
                ],
            ),
            _processors(list_processors(), handles=handles),
            Section(
                "activities",
                gettext("What is done, and why"),
                tables=[Table(_activity_columns(), found.activities)],
            ),
            _measures(),
        ],
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def processor(request: HttpRequest, code: str) -> HttpResponse:
    """A service: enabled only where contract and ground for the transfer are there."""
    known = None if code == NEW else find_processor(code)
    if known is None and code != NEW:
        raise Http404(code)
    form = ProcessorForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(known),
        known=known is not None,
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.processor()
        wanted = wanted if known is None else replace(wanted, code=known.code)
        try:
            set_processor(processor=wanted, now=clock.now(), actor=actor_of(request))
        except Refusal as refusal:
            form.add_error(refusal.field or None, text_of(refusal))
        else:
            messages.success(request, gettext("Noted."))
            return HttpResponseRedirect(reverse("backoffice:processing_record"))
    return render_form(request, _processor_page(form, known))


class ProcessorForm(forms.Form):
    """A service under contract."""

    code = forms.SlugField(label=_("Short name"), max_length=40)
    name = forms.CharField(label=_("Company"), max_length=120)
    task = forms.CharField(label=_("What it does for us"), max_length=200)
    country = forms.CharField(
        label=_("Country"), min_length=2, max_length=2, help_text=_("Two letters, such as DE.")
    )
    contract_on = forms.DateField(
        label=_("Contract (Art. 28 GDPR) of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    mechanism = forms.ChoiceField(
        label=_("Ground for a transfer abroad"),
        required=False,
        choices=[(mechanism.value, said) for mechanism, said in MECHANISMS.items()],
    )
    reference = forms.CharField(
        label=_("Assessment or entry in the list"), max_length=200, required=False
    )
    is_enabled = forms.BooleanField(label=_("It may get data"), required=False)

    def __init__(self, *args: object, known: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if known:
            del self.fields["code"]

    def processor(self) -> Processor:
        """As it was typed."""
        given = self.cleaned_data
        return Processor(
            code=given.get("code", ""),
            name=given["name"],
            task=given["task"],
            country=given["country"].upper(),
            mechanism=Mechanism(given["mechanism"]),
            reference=given["reference"],
            contract_on=given["contract_on"],
            is_enabled=given["is_enabled"],
        )


def _initial(known: Processor | None) -> dict[str, object]:
    if known is None:
        return {}
    return {name: getattr(known, name) for name in known.__slots__}


def _processor_page(form: ProcessorForm, known: Processor | None) -> FormPage:
    back = reverse("backoffice:processing_record")
    title = gettext("Add a service") if known is None else known.name
    return FormPage(
        title=title,
        form=form,
        sections=[FormSection(gettext("Service"), [FormField(field) for field in form])],
        submit_label=gettext("Save"),
        cancel_url=back,
        task="trust",
        crumbs=[Crumb(gettext("Record of processing"), back), Crumb(title)],
    )


def _processor_url(code: str) -> str:
    return reverse("backoffice:processor", args=[code])


def _processors(found: list[Processor], *, handles: bool) -> Section:
    def name(row: Processor) -> Value:
        return Linked(row.name, _processor_url(row.code)) if handles else row.name

    columns: list[Column[Processor]] = [
        Column("name", gettext("Service"), name),
        Column("task", gettext("What it does for us"), lambda row: row.task),
        Column("country", gettext("Country"), lambda row: row.country),
        Column("mechanism", gettext("Transfer"), lambda row: MECHANISMS[row.mechanism]),
        Column("reference", gettext("Reference"), lambda row: row.reference),
        Column("contract", gettext("Contract of"), lambda row: row.contract_on),
        Column("enabled", gettext("State"), lambda row: [_enabled(row)], kind="chips"),
    ]
    text = "" if found else gettext("No service is noted yet.")
    tables = [Table(columns, found)] if found else []
    return Section("processors", gettext("Who works for us"), text=text, tables=tables)


def _enabled(row: Processor) -> Chip:
    if row.is_enabled:
        return Chip(gettext("gets data"), "ok")
    return Chip(gettext("gets none"), "quiet")


def _activity_columns() -> list[Column[Activity]]:
    return [
        Column("purpose", gettext("Purpose"), lambda row: row.purpose),
        Column("whose", gettext("Whose data"), _whose),
        Column("data", gettext("Which data"), lambda row: ", ".join(row.data)),
        Column("basis", gettext("Ground"), lambda row: _law(row.bases)),
        Column("recipients", gettext("Recipients"), _recipients),
        Column("period", gettext("Kept"), _kept),
    ]


def _whose(row: Activity) -> str:
    return ", ".join(str(SUBJECTS[subject]) for subject in row.subjects)


def _recipients(row: Activity) -> str:
    return ", ".join(str(RECIPIENTS[one]) for one in row.recipients)


def _law(bases: tuple[str, ...]) -> str:
    said = ", ".join(f"Art. {basis}" for basis in bases)
    return law_words(f"{said} GDPR", locale=get_language() or "en")


def _kept(row: Activity) -> str:
    return "; ".join(
        f"{class_words(name)}: {period_words(period)}" if period else str(class_words(name))
        for name, period in row.periods
    )


def _measures() -> Section:
    said = [
        (gettext("Encryption"), gettext("AES-256-GCM with a key for each person and class.")),
        (gettext("Access"), gettext("Roles with least privilege, second factor, default deny.")),
        (gettext("Proof"), gettext("Audit that cannot be rewritten unseen, reads included.")),
        (gettext("Erasure"), gettext("Keys are destroyed; a ledger holds after restores too.")),
    ]
    return Section(
        "measures",
        gettext("Measures of security (Art. 32)"),
        facts=[Fact(label, text) for label, text in said],
    )
