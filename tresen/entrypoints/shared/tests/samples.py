"""Sample rows for the partials: the tests and the style guide show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tresen.entrypoints.shared.rows import (
    Availability,
    Choice,
    ChoiceOption,
    Facet,
    FacetChip,
    FacetValue,
    FactRow,
    LanguageLink,
    Link,
    Notice,
    Pager,
    Price,
    ProductCard,
    ReceiptLine,
    Shop,
    SortChoice,
    TimelineStep,
    TotalLine,
    UnitPrice,
)
from tresen.foundation.money import Money


@dataclass(frozen=True, slots=True)
class SampleMedia:
    """A picture of the style guide."""

    alt: str
    name: str
    width: int = 800
    height: int = 1000
    urls: Mapping[int, str] = field(default_factory=dict)


def euro(minor: int) -> Money:
    """Cents to money."""
    return Money(minor, "EUR")


def media(alt: str, name: str) -> SampleMedia:
    """One drawing of the style guide in three widths."""
    return SampleMedia(
        alt, name, urls={width: f"/static/guide/{name}-{width}.webp" for width in (320, 640, 1280)}
    )


SHOP = Shop(
    name="Kontor & Kai",
    claim="Gutes für Küche, Rad und Alltag, aus Hamburg",
    sign_svg_url="",
    nav=(
        Link("Kaffee & Tee", "/de/kaffee-tee/"),
        Link("Küche & Haushalt", "/de/kueche/"),
        Link("Fahrrad", "/de/fahrrad/"),
        Link("Papier & Schreiben", "/de/papier/"),
        Link("Textilien", "/de/textilien/"),
        Link("Draußen", "/de/draussen/"),
        Link("Spielzeug", "/de/spielzeug/"),
        Link("Kleine Technik", "/de/technik/"),
    ),
    legal_links=(
        Link("Versand und Lieferung", "/de/versand/"),
        Link("Widerrufsbelehrung", "/de/widerruf/"),
        Link("Datenschutz", "/de/datenschutz/"),
        Link("Barrierefreiheit", "/de/barrierefreiheit/"),
        Link("AGB", "/de/agb/"),
        Link("Impressum", "/de/impressum/"),
    ),
    withdrawal_url="/de/vertrag-widerrufen/",
    shipping_url="/de/versand/",
)
LANGUAGES = [
    LanguageLink("de", "Deutsch", "/de/", True),
    LanguageLink("en", "English", "/en/", False),
]
CARDS = [
    ProductCard(
        url="/de/kaffee-hafenmischung",
        title="Espresso Hafenmischung, ganze Bohne",
        brand="Rösterei Fischmarkt",
        picture=media("Eine rostrote Kaffeetüte mit Wellenmuster", "coffee"),
        price=euro(899),
        unit_price=UnitPrice(euro(3596), "kg"),
        availability_words="Sofort lieferbar",
        availability_tone="ok",
        delivery_words="bei Ihnen bis Dienstag, 24. November",
    ),
    ProductCard(
        url="/de/teekanne",
        title="Teekanne aus Steingut mit Sieb, 1,2 Liter",
        brand="Werkstatt Elbe",
        picture=media("Eine runde blaue Teekanne", "teapot"),
        price=euro(4490),
        reference_price=euro(4990),
        percent_off=10,
        availability_words="Heute abholbar in Altona",
        availability_tone="ok",
        delivery_words="oder geliefert bis Mittwoch, 25. November",
    ),
    ProductCard(
        url="/de/fahrradlampe",
        title="Fahrradlampenhalterung für Gepäckträger und Schutzbleche",
        brand="Luv & Lee",
        picture=media("Eine Fahrradlampe mit gelbem Lichtkegel", "lamp"),
        price=euro(1995),
        availability_words="Nur noch 3 auf Lager",
        availability_tone="low",
        delivery_words="bei Ihnen bis Dienstag, 24. November",
    ),
    ProductCard(
        url="/de/notizbuch",
        title="Notizbuch A5, fadengeheftet",
        brand="Papierkontor",
        picture=media("Ein grünes Notizbuch mit Band", "notebook"),
        price=euro(1250),
        is_from=True,
        availability_words="Sofort lieferbar",
        availability_tone="ok",
    ),
    ProductCard(
        url="/de/wolldecke",
        title="Wolldecke Deich",
        brand="Webstube Norden",
        picture=media("Eine gefaltete Wolldecke in Ockertönen", "blanket"),
        price=euro(12900),
        availability_words="Lieferbar ab Montag, 7. Dezember",
        availability_tone="late",
    ),
    ProductCard(
        url="/de/windlicht",
        title="Windlicht für draußen",
        brand="Werkstatt Elbe",
        picture=None,
        price=euro(3400),
        availability_words="Zurzeit vergriffen",
        availability_tone="out",
        delivery_words="Wir sagen Bescheid, sobald es wieder da ist",
    ),
]
FACETS = [
    Facet(
        "marke",
        "Marke",
        values=[
            FacetValue("elbe", "Werkstatt Elbe", 38, chosen=True),
            FacetValue("luv", "Luv & Lee", 21),
            FacetValue("norden", "Webstube Norden", 1204),
            FacetValue("papier", "Papierkontor", 0),
        ],
    ),
    Facet("preis", "Preis", kind="range", low="10", unit="€"),
    Facet(
        "verfuegbar",
        "Verfügbarkeit",
        values=[
            FacetValue("sofort", "Sofort lieferbar", 96),
            FacetValue("altona", "Heute abholbar in Altona", 41),
        ],
    ),
    Facet("material", "Material", values=[FacetValue("wolle", "Wolle", 4)], open=False),
]
CHIPS = [
    FacetChip("Marke", "Werkstatt Elbe", "/de/kueche/?preis_from=10"),
    FacetChip("Preis", "ab 10 €", "/de/kueche/?marke=elbe"),
]
SORTS = [
    SortChoice("passend", "Passend zuerst", True),
    SortChoice("preis", "Preis aufsteigend"),
    SortChoice("neu", "Neu zuerst"),
]
PAGER = Pager("/de/kueche/?vor=a", "/de/kueche/?nach=b", 25, 48, 1283)
CRUMBS = [Link("Start", "/de/"), Link("Küche & Haushalt", "/de/kueche/"), Link("Kannen", "")]
PRICE = Price(
    euro(4490),
    reference_price=euro(4990),
    percent_off=10,
    unit_price=UnitPrice(euro(3742), "l"),
    deposit=euro(25),
)
AVAILABILITY = Availability(
    "Sofort lieferbar",
    "ok",
    "Bei Ihnen zwischen Dienstag, 24. und Donnerstag, 26. November",
    "Heute abholbar in Altona, bis 19 Uhr",
)
CHOICES = [
    Choice(
        "farbe",
        "Farbe",
        [
            ChoiceOption("blau", "Elbblau", chosen=True),
            ChoiceOption("sand", "Sand"),
            ChoiceOption("rot", "Backstein", available=False, why_not="ab 7. Dezember"),
        ],
    ),
    Choice("inhalt", "Inhalt", [ChoiceOption("08", "0,8 l"), ChoiceOption("12", "1,2 l", True)]),
]
FACTS = [
    FactRow("Material", "Steingut, Edelstahlsieb"),
    FactRow("Inhalt", "1,2 l"),
    FactRow("Gewicht", "860 g"),
    FactRow("Hergestellt in", "Deutschland"),
    FactRow("Pflege", "Spülmaschine bis 55 °C"),
    FactRow("GTIN", "4012345678901"),
]
LINES = [
    ReceiptLine(
        "Espresso Hafenmischung, ganze Bohne",
        2,
        euro(899),
        euro(1798),
        picture=CARDS[0].picture,
        facts="250 g, 35,96 €/kg",
    ),
    ReceiptLine(
        "Teekanne aus Steingut mit Sieb",
        1,
        euro(4490),
        euro(4490),
        picture=CARDS[1].picture,
        facts="Elbblau, 1,2 Liter",
        note="Wird in Altona für Sie bereitgelegt",
    ),
]
TOTALS = [
    TotalLine("Zwischensumme", euro(6288)),
    TotalLine("Gutschein HERBST", euro(-500), kind="saving"),
    TotalLine("Lieferung mit DHL", words="kostenlos", note="ab 49 € Warenwert"),
    TotalLine(
        "Gesamtsumme", euro(5788), note="darin 19 % MwSt.: 7,17 €, 7 % MwSt.: 0,84 €", kind="sum"
    ),
]
STEPS = [
    TimelineStep("Bestellt", "done", datetime(2026, 11, 21, 13, 32, tzinfo=UTC)),
    TimelineStep("Bezahlt", "done", datetime(2026, 11, 21, 13, 34, tzinfo=UTC)),
    TimelineStep("Wird gepackt", "now", text="Wir packen heute bis 16 Uhr."),
    TimelineStep("Unterwegs", "next", expected_words="voraussichtlich Montag, 23. November"),
    TimelineStep("Bei Ihnen", "next", expected_words="bis Mittwoch, 25. November"),
]
NOTICES = [
    Notice("Wir haben Ihre Bestellung erhalten und eine Bestätigung geschickt.", "ok", "Danke"),
    Notice("Der Preis hat sich geändert, seit Sie die Ware hineingelegt haben.", "attention"),
    Notice(
        "Die Karte wurde abgelehnt. Ihr Warenkorb ist noch da.",
        "error",
        link=Link("Anders bezahlen", "#"),
    ),
    Notice("Bestellungen bis 14 Uhr verlassen noch heute unser Lager."),
]
