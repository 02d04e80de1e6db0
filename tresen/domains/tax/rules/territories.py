"""Which places belong to the Union's VAT area, and which have rates of their own.

Source: Commission, «Territorial status of EU countries and certain territories»;
Directive 2006/112/EC Art. 5–8; Protocol on Northern Ireland Art. 8 (goods).
"""

from __future__ import annotations

import re

from tresen.domains.tax.types import Place

# fmt: off
UNION = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
# fmt: on
NORTHERN_IRELAND = "XI"

_OUTSIDE = {
    "DE": r"27498|78266",  # Helgoland, Büsingen
    "DK": r"39\d\d|\d{3}",  # Greenland, Faroe Islands
    "ES": r"(35|38)\d{3}|5[12]\d{3}",  # Canary Islands, Ceuta and Melilla
    "FI": r"22\d{3}",  # Åland
    "FR": r"97[1-8]\d\d|98[4-8]\d\d",  # overseas departments and territories
    "GR": r"6308[67]",  # Mount Athos
    "IT": r"22061|23041",  # Campione d'Italia, Livigno
}
_AREAS = {
    "GB": ((r"BT.*", NORTHERN_IRELAND),),
    "PT": ((r"9[0-4]\d\d.*", "PT-30"), (r"9[5-9]\d\d.*", "PT-20")),  # Madeira, Azores
}
_TREATED_AS = {"MC": "FR"}
_PREFIX = re.compile(r"^[A-Z]{1,2}-")


def is_outside_vat(place: Place) -> bool:
    """Part of a member state, but not of the VAT area: a delivery there is an export."""
    pattern = _OUTSIDE.get(place.country)
    return pattern is not None and re.fullmatch(pattern, _plain(place.postcode)) is not None


def area_of(place: Place) -> str:
    """Whose rates apply at a place: mostly the country, or an area such as PT-30.

    Jungholz and Mittelberg (AT 6691, 6991–6993) have 19 % for sellers established there only;
    towards their buyers they are Austria like the rest.
    """
    for pattern, area in _AREAS.get(place.country, ()):
        if re.fullmatch(pattern, _plain(place.postcode)):
            return area
    return _TREATED_AS.get(place.country, place.country)


def is_in_union(place: Place) -> bool:
    """Part of the Union's VAT area for goods."""
    area = area_of(place)
    return (area == NORTHERN_IRELAND or area[:2] in UNION) and not is_outside_vat(place)


def _plain(postcode: str) -> str:
    plain = _PREFIX.sub("", postcode.strip().upper())
    return plain.replace(" ", "").replace("-", "")
