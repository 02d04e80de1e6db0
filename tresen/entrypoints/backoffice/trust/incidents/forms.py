"""What staff types in about an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.domains.security.queries.deeds import Scope
from tresen.domains.security.types.incidents import (
    Category,
    Facts,
    Incident,
    IncidentWords,
    Risk,
    Software,
    StepKind,
)
from tresen.entrypoints.backoffice.kit.forms import section_of
from tresen.entrypoints.backoffice.kit.types import Crumb, FormPage, Words
from tresen.entrypoints.backoffice.trust.audit.asking import HINT, scope_of
from tresen.entrypoints.backoffice.trust.incidents import words

TEXT_MAX = 4_000
COUNT_MAX = 100_000_000
_TEXT = forms.Textarea(attrs={"rows": 4})


class IncidentForm(forms.Form):
    """What is known; the fields are those of the authority's form (Art. 33(3) GDPR)."""

    title = forms.CharField(label=_("What is it about?"), max_length=120)
    aware_at = forms.DateTimeField(
        label=_("When did we learn of it?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The 72 hours run from here, weekends included."),
    )
    risk = forms.ChoiceField(
        label=_("Risk for the people concerned"),
        choices=list(words.RISKS.items()),
        help_text=_("Unlikely: nobody need be told. High: the people are told as well."),
    )
    software = forms.ChoiceField(
        label=_("Is the software concerned?"), choices=list(words.SOFTWARE.items()), required=False
    )
    categories = forms.MultipleChoiceField(
        label=_("Which data?"),
        choices=list(words.CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    persons = forms.IntegerField(
        label=_("How many people, about?"), min_value=0, max_value=COUNT_MAX, initial=0
    )
    records = forms.IntegerField(
        label=_("How many records, about?"), min_value=0, max_value=COUNT_MAX, initial=0
    )
    what = forms.CharField(
        label=_("What happened?"), max_length=TEXT_MAX, widget=_TEXT, required=False
    )
    consequences = forms.CharField(
        label=_("What may follow for the people?"),
        max_length=TEXT_MAX,
        widget=_TEXT,
        required=False,
    )
    measures = forms.CharField(
        label=_("What was done, what is planned?"),
        max_length=TEXT_MAX,
        widget=_TEXT,
        required=False,
    )
    contact = forms.CharField(
        label=_("Who answers questions?"),
        max_length=400,
        required=False,
        help_text=_("Name, e-mail address and phone number, as the notices will say."),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_aware_at(self) -> datetime:
        moment: datetime = self.cleaned_data["aware_at"]
        if moment > self.now:
            raise forms.ValidationError(_("This lies in the future. Please give a past moment."))
        return moment

    def facts(self) -> Facts:
        typed = self.cleaned_data
        return Facts(
            aware_at=typed["aware_at"],
            risk=Risk(typed["risk"]),
            software=Software(typed["software"]),
            categories=tuple(Category(category) for category in typed["categories"]),
            persons=typed["persons"],
            records=typed["records"],
        )

    def words(self) -> IncidentWords:
        names = ("title", "what", "consequences", "measures", "contact")
        return IncidentWords(**{name: self.cleaned_data[name] for name in names})


class StepForm(forms.Form):
    """Something that was done."""

    kind = forms.ChoiceField(
        label=_("What was done?"),
        choices=[(kind.value, words.STEPS[kind]) for kind in words.BY_HAND],
    )
    text = forms.CharField(
        label=_("How, by whom, under which number?"),
        max_length=TEXT_MAX,
        widget=_TEXT,
        required=False,
    )

    def step_kind(self) -> StepKind:
        return StepKind(self.cleaned_data["kind"])


class PeopleForm(forms.Form):
    """Which deeds are meant, as in «Who was affected?»."""

    words = forms.CharField(
        label=_("Session, account, object or person"),
        max_length=120,
        required=False,
        help_text=HINT,
    )
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not any(typed.get(name) for name in ("words", "since", "until")):
            raise forms.ValidationError(_("Please say whose deeds, or which days."))
        return typed

    def scope(self) -> Scope:
        """Raises ListRefused."""
        typed = self.cleaned_data
        return scope_of(typed["words"], since=typed["since"], until=typed["until"])

    def question(self) -> str:
        """As the incident's story tells it."""
        typed = self.cleaned_data
        parts = (typed["words"], typed["since"], typed["until"])
        return " ".join(str(part) for part in parts if part)


def initial_of(incident: Incident) -> dict[str, object]:
    """The form as it was filled in last."""
    facts, said = incident.facts, incident.words
    return {
        "title": said.title,
        "aware_at": facts.aware_at,
        "risk": facts.risk.value,
        "software": facts.software.value,
        "categories": [category.value for category in facts.categories],
        "persons": facts.persons,
        "records": facts.records,
        "what": said.what,
        "consequences": said.consequences,
        "measures": said.measures,
        "contact": said.contact,
    }


def incident_form_page(
    form: IncidentForm, *, title: Words, submit: Words, cancel_url: str, crumbs: Sequence[Crumb]
) -> FormPage:
    """Facts first, then the words of the notices."""
    known = ("title", "aware_at", "risk", "software", "categories", "persons", "records")
    return FormPage(
        title=title,
        form=form,
        sections=[
            section_of(form, title=_("What is known"), names=known),
            section_of(
                form,
                title=_("What the notices say"),
                names=("what", "consequences", "measures", "contact"),
                help=_("Approximate is enough; more can be handed in later."),
            ),
        ],
        submit_label=submit,
        cancel_url=cancel_url,
        task="trust",
        crumbs=crumbs,
    )
