"""What staff types in about a product: words and prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.catalog.types import ProductDraft, ProductEditRow, TextDraft
from tresen.domains.catalog.types.words import (
    DESCRIPTION_LENGTH_MAX,
    NAME_LENGTH_MAX,
    SUMMARY_LENGTH_MAX,
)
from tresen.domains.pricing.types import PriceRow
from tresen.entrypoints.backoffice.kit.types import FormField, FormPage, FormSection
from tresen.foundation.ids import outer
from tresen.foundation.money import exponent_of

PRICE_MAX = Decimal(100_000_000)
"""Major units; more is a slip of the finger in any currency we sell in."""
LANGUAGES = {"de": _("German"), "en": _("English")}


class WordsForm(forms.Form):
    """Name, summary and description in each language."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: ProductDraft, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._draft = draft
        self.fields["revision"].initial = revision
        for code in LANGUAGES:
            text = draft.texts.get(code, TextDraft(name=""))
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name"), max_length=NAME_LENGTH_MAX, initial=text.name
            )
            self.fields[f"summary_{code}"] = forms.CharField(
                label=_("In one line"),
                max_length=SUMMARY_LENGTH_MAX,
                required=False,
                initial=text.summary,
            )
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description"),
                max_length=DESCRIPTION_LENGTH_MAX,
                required=False,
                initial=text.description,
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text=_("Paragraphs and lists as HTML; anything else is taken out."),
            )

    def texts(self) -> dict[str, TextDraft]:
        """The product's words as they should be; addresses stay."""
        return {
            code: replace(
                self._draft.texts.get(code, TextDraft(name="")),
                **{
                    part: self.cleaned_data[f"{part}_{code}"]
                    for part in ("name", "summary", "description")
                },
            )
            for code in LANGUAGES
        }


class PricesForm(forms.Form):
    """One price for each variant and list, for single pieces."""

    def __init__(
        self,
        *args: Any,
        variants: Mapping[str, UUID],
        prices: Sequence[PriceRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        skus = {variant_id: sku for sku, variant_id in variants.items()}
        self._rows = {
            f"price_{place}": row
            for place, row in enumerate(row for row in prices if row.min_quantity == 1)
        }
        for name, row in self._rows.items():
            self.fields[name] = forms.DecimalField(
                label=f"{skus[row.variant_id]} ({row.list_code})",
                min_value=Decimal("0.01"),
                max_value=PRICE_MAX,
                max_digits=12,
                decimal_places=exponent_of(row.amount.currency),
                initial=row.amount.amount,
                localize=True,
            )

    def row_of(self, name: str) -> PriceRow:
        return self._rows[name]

    def names(self) -> list[str]:
        return list(self._rows)

    def changed_prices(self) -> Iterator[tuple[str, str, dict[UUID, Decimal]]]:
        """By list: its code, currency, and the new amounts by variant."""
        by_list: dict[tuple[str, str], dict[UUID, Decimal]] = defaultdict(dict)
        for name, row in self._rows.items():
            if self.cleaned_data[name] != row.amount.amount:
                key = (row.list_code, row.amount.currency)
                by_list[key][row.variant_id] = self.cleaned_data[name]
        for (code, currency), amounts in by_list.items():
            yield code, currency, amounts


def words_page(form: WordsForm, row: ProductEditRow) -> FormPage:
    """Both languages below each other."""
    sections = [
        FormSection(
            language,
            [FormField(form[f"{part}_{code}"]) for part in ("name", "summary", "description")],
        )
        for code, language in LANGUAGES.items()
    ]
    return _page(form, row, sections)


def prices_page(form: PricesForm, row: ProductEditRow) -> FormPage:
    """All variants below each other."""
    fields = [
        FormField(
            form[name],
            width="short",
            unit=form.row_of(name).amount.currency,
            inputmode="decimal",
        )
        for name in form.names()
    ]
    help_words = gettext("Including VAT. Each change is kept in the price history.")
    return _page(form, row, [FormSection(gettext("Prices"), fields, help_words)])


def _page(form: forms.Form, row: ProductEditRow, sections: Sequence[FormSection]) -> FormPage:
    return FormPage(
        title=gettext("Edit %(code)s") % {"code": row.code},
        form=form,
        sections=sections,
        submit_label=gettext("Save"),
        cancel_url=reverse("backoffice:product", args=[outer("prod", row.product_id)]),
        task="products",
    )
