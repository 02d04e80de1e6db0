"""Sample rows for the back office pages of the style guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django import forms

from tresen.entrypoints.backoffice.kit.forms import section_of
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    BulkAction,
    BulkPreview,
    Chart,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    FormField,
    FormPage,
    FormSection,
    Linked,
    ListSpec,
    SavedView,
    Section,
    Table,
    TimelineEntry,
    ToDo,
)
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 21, 11, 32, tzinfo=UTC)
ORDERS_URL = "/desk/orders/"


@dataclass(frozen=True, slots=True)
class Order:
    """A sample order."""

    number: str
    customer: str
    placed_at: datetime
    total: Money
    states: tuple[Chip, ...]
    way: str
    pieces: int


_STATES = [
    (Chip("bezahlt", "ok"), Chip("zu packen", "info")),
    (Chip("Zahlung offen", "attention"),),
    (Chip("bezahlt", "ok"), Chip("versandt", "ok")),
    (Chip("bezahlt", "ok"), Chip("verspätet", "error")),
    (Chip("storniert"),),
]
_NAMES = ["Wiebke Petersen", "Malte Hansen", "Aylin Yıldız", "Jan-Ole Brinkmann", "Fenja Claasen"]
ROWS = [
    Order(
        number=f"K-{10428 - at}",
        customer=_NAMES[at % 5],
        placed_at=NOON - timedelta(minutes=47 * at),
        total=Money(1995 + 7310 * (at * 7 % 13), "EUR"),
        states=_STATES[at * 3 % 5],
        way=["DHL Paket", "Abholen in Altona", "Lastenrad"][at % 3],
        pieces=1 + at % 4,
    )
    for at in range(18)
]
SPEC: ListSpec[Order] = ListSpec(
    name="orders",
    title="Bestellungen",
    task="orders",
    crumbs=[Crumb("Heute", "/desk/today/"), Crumb("Bestellungen")],
    columns=[
        Column("number", "Nummer", lambda row: row.number, sortable=True),
        Column("placed", "Eingang", lambda row: row.placed_at, sortable=True),
        Column("customer", "Kundschaft", lambda row: row.customer),
        Column("states", "Stand", lambda row: row.states, kind="chips"),
        Column("way", "Lieferung", lambda row: row.way),
        Column("pieces", "Stück", lambda row: row.pieces, kind="number"),
        Column("total", "Summe", lambda row: row.total, kind="money", sortable=True),
    ],
    row_id=lambda row: row.number,
    row_url=lambda row: f"{ORDERS_URL}{row.number}/",
    empty=Empty("Noch keine Bestellungen", "Die erste erscheint hier von selbst."),
    filters=[
        Filter(
            "state",
            "Stand",
            choices=[FilterChoice("open", "offen"), FilterChoice("paid", "bezahlt")],
        ),
        Filter(
            "way",
            "Lieferung",
            choices=[FilterChoice("dhl", "DHL Paket"), FilterChoice("altona", "Altona")],
        ),
        Filter("placed", "Eingang", kind="days"),
        Filter("late", "nur verspätete", kind="switch"),
    ],
    views=[
        SavedView("all", "Alle", ""),
        SavedView("open", "Offene", "state=open"),
        SavedView("paid", "Bezahlte von DHL", "state=paid&way=dhl"),
    ],
    sort="-placed",
    search_hint="Nummer, Name, E-Mail",
    bulk=[
        BulkAction("Als bezahlt buchen", f"{ORDERS_URL}payments"),
        BulkAction("Packliste drucken", f"{ORDERS_URL}pick-lists"),
        BulkAction("Stornieren", f"{ORDERS_URL}cancellations", danger=True),
    ],
    actions=[Action("Bestellung aufnehmen", f"{ORDERS_URL}new", tone="primary", icon="plus")],
)
BOARD = [
    ToDo(14, "Bestellungen packen", "#", "info", "die älteste seit 3 Stunden"),
    ToDo(2, "Lieferungen verspätet", "#", "error", "Kundschaft noch nicht benachrichtigt"),
    ToDo(5, "Überweisungen zuordnen", "#", "attention"),
    ToDo(31, "Waren unter Mindestbestand", "#", "attention"),
    ToDo(3, "Fragen im Postfach", "#", "quiet"),
]


_LINE_COLUMNS = [
    Column[Order]("number", "Ware", lambda row: Linked(row.way, "#", row.number)),
    Column[Order]("pieces", "Menge", lambda row: row.pieces, kind="number"),
    Column[Order]("total", "Summe", lambda row: row.total, kind="money"),
]
DETAIL = DetailPage(
    title="Bestellung K-10428",
    task="orders",
    crumbs=[Crumb("Heute", "/"), Crumb("Bestellungen", ORDERS_URL), Crumb("K-10428")],
    chips=[Chip("bezahlt", "ok"), Chip("zu packen", "info")],
    lead="eingegangen 21.11.2026 12:32, zugesagt bis Mittwoch, 25. November",
    next_action=Action("Paket packen", "#", tone="primary", icon="package-check"),
    actions=[
        Action("Rechnung", "#", icon="file-text"),
        Action(
            "Erstatten",
            "#",
            method="post",
            tone="danger",
            confirm="57,88 € gehen an Wiebke Petersen zurück; 3 Stück kommen in den Bestand.",
        ),
    ],
    sections=[
        Section(
            "lines",
            "Waren",
            tables=[
                Table(
                    _LINE_COLUMNS,
                    ROWS[:3],
                    sums=("Gesamtsumme", 8, Money(5788, "EUR")),
                    caption="Waren",
                )
            ],
        ),
        Section(
            "address",
            "Lieferung",
            facts=[
                Fact("Empfängerin", "Wiebke Petersen"),
                Fact("Straße", "Große Elbstraße 12"),
                Fact("Ort", "22767 Hamburg"),
                Fact("Sendung", Linked("JD0146 0000 1234", "#"), note="DHL Paket"),
                Fact("Gewicht", "1,4 kg"),
                Fact("Telefon", None),
            ],
            edit_url="#",
        ),
        Section(
            "payment",
            "Zahlung",
            facts=[
                Fact("Art", "Karte"),
                Fact("Betrag", Money(5788, "EUR")),
                Fact("Eingang", NOON),
                Fact("Konto", Linked("Beleg 2026-0412", "#")),
            ],
        ),
    ],
    timeline=[
        TimelineEntry(NOON, "Bezahlt", "Kartenanbieter", tone="ok", icon="check"),
        TimelineEntry(NOON, "Bestätigung geschickt", "System", icon="mail"),
        TimelineEntry(
            NOON,
            "Bestellt",
            "Wiebke Petersen",
            "im Webshop, auf Deutsch",
            tone="info",
            icon="shopping-basket",
        ),
    ],
    note_url="#",
    audit_url="#",
)
PREVIEW = BulkPreview(
    title="12 Bestellungen stornieren",
    will=[
        "12 Bestellungen werden storniert.",
        "31 Stück kommen wieder in den Bestand.",
        "612,40 € gehen an 11 Zahlende zurück.",
    ],
    skipped=[
        Linked("K-10421", "#", "ist schon versandt"),
        Linked("K-10417", "#", "ist schon storniert"),
    ],
    ids=["a", "b"],
    confirm_label="12 Bestellungen stornieren",
    action_url="#",
    cancel_url=ORDERS_URL,
    danger=True,
)
CHART = Chart(
    "Umsatz je Tag",
    "Tag im November",
    "Euro",
    [str(day) for day in range(1, 21)],
    {
        "Webshop": [820 + day * 37 % 410 for day in range(20)],
        "Läden": [540 + day * 91 % 300 for day in range(20)],
    },
)


class ProductForm(forms.Form):
    """A sample form with one mistake."""

    name = forms.CharField(label="Name", help_text="So heißt die Ware im Laden und im Netz.")
    summary = forms.CharField(label="Kurzbeschreibung", widget=forms.Textarea, required=False)
    price = forms.DecimalField(label="Preis", localize=True)
    weight = forms.IntegerField(label="Gewicht", help_text="Mit Verpackung.")
    tax = forms.ChoiceField(label="Steuersatz", choices=[("19", "19 % Regelsatz"), ("7", "7 %")])
    channels = forms.MultipleChoiceField(
        label="Sichtbar in",
        choices=[("web", "Webshop"), ("altona", "Laden Altona")],
        widget=forms.CheckboxSelectMultiple,
    )
    pickup = forms.BooleanField(label="Im Laden abholbar", required=False)


def form_page() -> FormPage:
    """A form with mistakes."""
    form = ProductForm(
        {"name": "Teekanne aus Steingut", "price": "44,90", "weight": "", "tax": "19"}
    )
    return FormPage(
        title="Teekanne aus Steingut",
        form=form,
        task="products",
        crumbs=[Crumb("Waren", "#"), Crumb("Teekanne")],
        sections=[
            section_of(form, title="Worte", names=["name", "summary"]),
            FormSection(
                "Preis und Gewicht",
                [
                    FormField(form["price"], "short", "€"),
                    FormField(form["weight"], "short", "g", inputmode="numeric"),
                    FormField(form["tax"], "short"),
                ],
                help="Der Grundpreis ergibt sich aus Preis und Inhalt.",
            ),
            section_of(form, title="Sichtbarkeit", names=["channels", "pickup"]),
        ],
        submit_label="Ware speichern",
        cancel_url="#",
    )
