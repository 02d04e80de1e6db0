"""Renders the guide's pages into a folder."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import override

from tools.styleguide.desk import desk_pages
from tools.styleguide.drawings import draw_all
from tresen.entrypoints.shared.tests import samples

STOREFRONT = ("home", "list", "product", "checkout", "order")


class AddressForm(forms.Form):
    """A checkout form with two mistakes in it."""

    email = forms.EmailField(
        label="E-Mail-Adresse", help_text="Dorthin schicken wir Bestätigung und Rechnung."
    )
    phone = forms.CharField(
        label="Telefon", required=False, help_text="Nur für Rückfragen des Paketdienstes."
    )
    given_name = forms.CharField(label="Vorname")
    family_name = forms.CharField(label="Nachname")
    street = forms.CharField(label="Straße und Hausnummer")
    postcode = forms.CharField(label="Postleitzahl", min_length=5)
    town = forms.CharField(label="Ort")
    country = forms.ChoiceField(label="Land", choices=[("DE", "Deutschland"), ("AT", "Österreich")])
    gift = forms.BooleanField(label="Als Geschenk verpacken", required=False)


def write_pages(folder: Path) -> None:
    """All pages as HTML files, pictures beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_all(folder / "guide")
    form = AddressForm(
        {
            "email": "wiebke.petersen@example",
            "given_name": "Wiebke",
            "family_name": "Petersen",
            "street": "Große Elbstraße 12",
            "postcode": "2276",
            "town": "Hamburg",
            "country": "DE",
        }
    )
    request = HttpRequest()
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.path = "/de/kueche/"
    context = {
        "request": request,
        "here": request.path,
        "shop": samples.SHOP,
        "cart_count": 3,
        "language_links": samples.LANGUAGES,
        "cards": samples.CARDS * 2,
        "facets": samples.FACETS,
        "chips": samples.CHIPS,
        "sorts": samples.SORTS,
        "pager": samples.PAGER,
        "crumbs": samples.CRUMBS,
        "price": samples.PRICE,
        "availability": samples.AVAILABILITY,
        "choices": samples.CHOICES,
        "facts": samples.FACTS,
        "lines": samples.LINES,
        "totals": samples.TOTALS,
        "steps": samples.STEPS,
        "notices": samples.NOTICES,
        "pictures": [samples.CARDS[1].picture, samples.CARDS[0].picture, samples.CARDS[4].picture],
        "actions": [("Zu Küche & Haushalt", "#"), ("Alle Kategorien", "#")],
        "form": form,
        "forms": [form],
    }
    with override("de"):
        for name in STOREFRONT:
            page = render_to_string(f"guide/{name}.html", context)
            (folder / f"{name}.html").write_text(page, "utf-8")
        for name, desk_page in desk_pages().items():
            (folder / f"{name}.html").write_text(desk_page, "utf-8")
