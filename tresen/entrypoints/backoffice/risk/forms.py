"""What staff chooses: a reason for a decision, and the thresholds of the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.domains.risk.types import Reason, Ruleset
from tresen.entrypoints.backoffice.kit.types import Words
from tresen.entrypoints.backoffice.risk.words import ASKING, REFUSING, RELEASING, reason_words

HOURS_MAX = 24 * 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A decision as its page shows it."""

    title: Words
    lead: Words
    submit: Words
    done: Words
    reasons: Sequence[Reason]


VERBS: dict[str, Verb] = {
    "release": Verb(
        title=_("Release the order"),
        lead=_("The goods may leave. The customer is told only if they have asked."),
        submit=_("Release"),
        done=_("Released. The order can be packed."),
        reasons=RELEASING,
    ),
    "payment": Verb(
        title=_("Ask for prepayment"),
        lead=_(
            "Open payments are closed, what was paid goes back, and the customer gets a letter"
            " with the bank account. The goods stay here until the transfer has come."
        ),
        submit=_("Ask for prepayment"),
        done=_("The customer gets a letter. The goods leave once the transfer has come."),
        reasons=ASKING,
    ),
    "refusal": Verb(
        title=_("Refuse the order"),
        lead=_(
            "The order is taken back, the goods are free again, what was paid goes back, and the"
            " customer gets a letter that says how to object."
        ),
        submit=_("Refuse"),
        done=_("Refused. The customer gets a letter, and money goes back."),
        reasons=REFUSING,
    ),
    "favour": Verb(
        title=_("Decide in the customer's favour"),
        lead=_("For a week the rules say nothing against this person. They get a letter."),
        submit=_("Decide in the customer's favour"),
        done=_("Decided. The customer gets a letter."),
        reasons=RELEASING,
    ),
    "against": Verb(
        title=_("Leave it as it was"),
        lead=_("The customer gets a letter that says so, and where else they can turn."),
        submit=_("Leave it as it was"),
        done=_("Decided. The customer gets a letter."),
        reasons=REFUSING,
    ),
}


class DecisionForm(forms.Form):
    """Why: chosen, so that decisions can be compared and nothing about people is typed."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Sequence[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(reason.value, reason_words(reason)) for reason in reasons]


class RulesForm(forms.Form):
    """From which score on something is asked, and what is easily sold on."""

    stronger_from = forms.IntegerField(
        label=_("Safer way to pay from"),
        min_value=1,
        max_value=100,
        help_text=_("From this score on, only ways to pay that are sure before the goods leave."),
    )
    review_from = forms.IntegerField(
        label=_("A person looks from"),
        min_value=1,
        max_value=100,
        help_text=_("From this score on, the goods stay here until somebody decides."),
    )
    hours = forms.IntegerField(
        label=_("Decide within"),
        min_value=1,
        max_value=HOURS_MAX,
        help_text=_("The clock of the list; orders that wait longer are marked."),
    )
    resale = forms.MultipleChoiceField(
        label=_("Goods that are easily sold on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Categories; those below count as well."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resale"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(categories)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        low, high = given.get("stronger_from"), given.get("review_from")
        if low and high and low > high:
            self.add_error(
                "review_from",
                _("A person cannot look earlier than a safer way to pay is asked for."),
            )
        return given

    def ruleset(self, current: Ruleset) -> Ruleset:
        """The current weights with what was typed."""
        given = self.cleaned_data
        return replace(
            current,
            stronger_from=given["stronger_from"],
            review_from=given["review_from"],
            hours=given["hours"],
            resale=frozenset(given["resale"]),
        )

    def digest(self) -> str:
        """Names what was typed, so that only what was previewed is kept."""
        given = self.cleaned_data
        told = [given["stronger_from"], given["review_from"], given["hours"], *given["resale"]]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
