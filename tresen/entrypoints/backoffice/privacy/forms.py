"""What staff types in about requests, holds and the time that is left."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.privacy.rules.requests import ANSWER_LENGTH_MAX, WISH_LENGTH_MAX
from tresen.domains.privacy.types.requests import PROVEN, RequestKind, RequestRow, RequestWay
from tresen.entrypoints.backoffice.kit.types import Crumb, FormField, FormPage, FormSection, Words
from tresen.entrypoints.backoffice.privacy import words
from tresen.entrypoints.backoffice.privacy.rows import request_url

EMAIL_LENGTH_MAX = 254
NOTE_LENGTH_MAX = 1_000
REASON_LENGTH_MAX = 300
PLACE_LENGTH_MAX = 120
_WAYS = [(way.value, said) for way, said in words.WAYS.items() if way not in PROVEN]
_KINDS = [(kind.value, said) for kind, said in words.KINDS.items()]


class NewRequestForm(forms.Form):
    """A request that came by phone, letter or at the counter."""

    email = forms.EmailField(
        label=_("E-mail address on file"),
        max_length=EMAIL_LENGTH_MAX,
        help_text=_("Under which the person ordered or has an account."),
    )
    kind = forms.ChoiceField(label=_("What does the person ask for?"), choices=_KINDS)
    way = forms.ChoiceField(label=_("How did it come in?"), choices=_WAYS)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    wish = forms.CharField(
        label=_("What did the person say?"),
        max_length=WISH_LENGTH_MAX,
        required=False,
        widget=forms.Textarea,
    )
    identity_note = forms.CharField(
        label=_("How did you check the person?"),
        max_length=NOTE_LENGTH_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Leave it empty if you did not: then the person gets a link to the address on file, "
            "and nothing is given out before. No copies of identity cards."
        ),
    )


class ProofForm(forms.Form):
    """How the person was checked."""

    note = forms.CharField(
        label=_("How did you check the person?"),
        max_length=NOTE_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: called back under the number of the order. No copies of cards."),
    )


class AnswerForm(forms.Form):
    """What the person is told, and the law it rests on."""

    words = forms.CharField(
        label=_("Your answer"), max_length=ANSWER_LENGTH_MAX, widget=forms.Textarea
    )
    ground = forms.CharField(
        label=_("Legal ground"),
        max_length=120,
        help_text=_("It is named in the letter."),
    )
    refused = forms.BooleanField(
        label=_("We refuse the request"),
        required=False,
        help_text=_("The letter then also names the right to complain to the authority."),
    )


class ExtensionForm(forms.Form):
    """Why it takes longer."""

    reason = forms.CharField(
        label=_("Why does it take longer?"),
        max_length=NOTE_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this sentence in the letter."),
    )


class HoldForm(forms.Form):
    """A legal hold over a person or a class."""

    email = forms.EmailField(
        label=_("Person, by the e-mail address on file"),
        max_length=EMAIL_LENGTH_MAX,
        required=False,
    )
    retention = forms.ChoiceField(label=_("Or a whole class"), required=False)
    place = forms.CharField(
        label=_("Court, office or file number"),
        max_length=PLACE_LENGTH_MAX,
        help_text=_("No names of people."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH_MAX, help_text=_("No names of people.")
    )
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: object, classes: dict[str, Words], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["retention"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *classes.items()]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if not cleaned.get("email") and not cleaned.get("retention") and "email" not in self.errors:
            self.add_error("email", gettext("Name a person or a class."))
        return cleaned


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = forms.CharField(label=_("Why does the hold end?"), max_length=REASON_LENGTH_MAX)


def new_request_page(form: NewRequestForm) -> FormPage:
    back = reverse("backoffice:privacy_requests")
    return FormPage(
        title=gettext("Enter a request"),
        form=form,
        sections=[
            FormSection(
                gettext("The request"),
                [FormField(form[name]) for name in ("email", "kind", "way", "received_on", "wish")],
            ),
            FormSection(gettext("The person"), [FormField(form["identity_note"])]),
        ],
        submit_label=gettext("Enter"),
        cancel_url=back,
        task="trust",
        crumbs=[Crumb(gettext("Requests about data"), back), Crumb(gettext("Enter a request"))],
    )


def request_form_page(
    form: forms.Form, row: RequestRow, *, title: Words, submit: Words, lead: Words = ""
) -> FormPage:
    """A form about one request, in one section."""
    return FormPage(
        title=title,
        form=form,
        sections=[FormSection(row.number, [FormField(field) for field in form])],
        submit_label=submit,
        cancel_url=request_url(row.id),
        task="trust",
        crumbs=[
            Crumb(gettext("Requests about data"), reverse("backoffice:privacy_requests")),
            Crumb(row.number, request_url(row.id)),
            Crumb(title),
        ],
        lead=lead,
    )


def retention_form_page(form: forms.Form, *, title: Words, submit: Words, lead: Words) -> FormPage:
    """A form about holds."""
    back = reverse("backoffice:retention")
    return FormPage(
        title=title,
        form=form,
        sections=[FormSection(title, [FormField(field) for field in form])],
        submit_label=submit,
        cancel_url=back,
        task="trust",
        crumbs=[Crumb(gettext("What is kept how long"), back), Crumb(title)],
        lead=lead,
    )


def kind_of(form: NewRequestForm) -> RequestKind:
    return RequestKind(form.cleaned_data["kind"])


def way_of(form: NewRequestForm) -> RequestWay:
    return RequestWay(form.cleaned_data["way"])
