"""Codes of the trade are checked as their standards say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from tresen.domains.catalog.rules.codes import (
    name_from,
    parent_of,
    sound_code,
    sound_country,
    sound_gtin,
    sound_path,
    sound_sku,
    sound_tariff_code,
)
from tresen.domains.catalog.rules.refusals import (
    CodeUnsound,
    CountryUnknown,
    GtinUnsound,
    SkuUnsound,
    TariffCodeUnsound,
)


def is_sound(text: str) -> bool:
    try:
        sound_gtin(text)
    except GtinUnsound:
        return False
    return True


@given(st.one_of(*(st.text("0123456789", min_size=n, max_size=n) for n in (8, 12, 13, 14))))
def test_our_check_digit_agrees_with_the_standard_library_of_numbers(digits: str) -> None:
    assert is_sound(digits) == (bool(digits.strip("0")) and ean.is_valid(digits))


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_of_ten_check_digits_is_sound(digits: str) -> None:
    sound = [digit for digit in "0123456789" if is_sound(digits + digit)]

    assert len(sound) == (1 if digits.strip("0") else 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("4006381333931", "4006381333931"),
        ("4006381-33393 1", "4006381333931"),
        ("036000291452", "0036000291452"),
        ("00036000291452", "0036000291452"),
        ("96385074", "96385074"),
        ("10012345678902", "10012345678902"),
        ("", ""),
    ],
)
def test_a_gtin_is_kept_in_its_shortest_usual_form(given: str, kept: str) -> None:
    assert sound_gtin(given) == kept


@pytest.mark.parametrize(
    "text", ["4006381333932", "123", "0" * 13, "400638133393X", "٤٠٠٦٣٨١٣٣٣٩٣١", "4" * 15]
)
def test_a_wrong_gtin_is_refused(text: str) -> None:
    with pytest.raises(GtinUnsound) as refusal:
        sound_gtin(text)

    assert refusal.value.field == "gtin"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("DE", "DE"), ("de", "DE"), ("Germany", "DE"), ("Österreich", "AT"), ("Czech  Republic", "CZ"),
     ("United Kingdom", "GB"), ("Taiwan", "TW"), ("", "")],
)  # fmt: skip
def test_a_country_is_understood_by_code_and_by_name(given: str, kept: str) -> None:
    assert sound_country(given) == kept


@pytest.mark.parametrize("text", ["EU", "ZZ", "Atlantis", "D"])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(CountryUnknown):
        sound_country(text)


def test_a_tariff_code_is_digits_only() -> None:
    assert sound_tariff_code("0901 21.00") == "09012100"
    for wrong in ("12345", "12345678901", "0901A1"):
        with pytest.raises(TariffCodeUnsound):
            sound_tariff_code(wrong)


def test_codes_paths_and_article_numbers_have_their_shape() -> None:
    assert sound_code("tee-kanne") == "tee-kanne"
    assert sound_path("kueche/tee") == "kueche/tee"
    assert parent_of("kueche/tee/gruen") == "kueche/tee"
    assert parent_of("kueche") is None
    assert sound_sku(" TK 1/ä ") == "TK 1/ä"
    assert name_from("Größe (EU)") == "groesse_eu"
    for wrong in ("Tee", "-tee", "tee_", "tee/", "/tee", "", "t" * 900):
        with pytest.raises(CodeUnsound):
            sound_path(wrong)
    for wrong in ("", " ", "a\nb", "x" * 65):
        with pytest.raises(SkuUnsound):
            sound_sku(wrong)
