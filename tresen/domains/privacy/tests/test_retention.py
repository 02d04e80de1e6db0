"""How long records are kept: the published table, dated changes, and what keeps a period open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tresen.domains.privacy.rules import retention
from tresen.domains.privacy.rules.retention import (
    BadPeriods,
    NoPeriod,
    classes,
    created_before,
    keep_until,
    period_of,
    read_periods,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("name", "country", "created", "kept_to"),
    [
        ("invoice", "DE", "2026-03-15", "2034-12-31"),
        ("letter", "DE", "2026-03-15", "2032-12-31"),
        ("book", "DE", "2026-03-15", "2036-12-31"),
        ("oss_record", "DE", "2026-03-15", "2036-12-31"),
        ("invoice", "AT", "2026-03-15", "2033-12-31"),
        ("tax_record", "DE", "2026-12-31", "2034-12-31"),
        ("tax_record", "DE", "2027-01-01", "2035-12-31"),
        ("cart", "DE", "2026-03-15", "2026-04-14"),
        ("delivery_note", "DE", "2026-03-15", "2026-03-15"),
        ("security_log", "DE", "2026-03-15", "2027-03-15"),
    ],
)
def test_the_published_days(name: str, country: str, created: str, kept_to: str) -> None:
    kept = keep_until(name, created_on=date.fromisoformat(created), country=country, today=TODAY)

    assert kept.day.isoformat() == kept_to


def test_old_vouchers_whose_period_still_ran_got_the_shorter_one() -> None:
    """A voucher of 2016: ten years would end in 2026; eight ended in 2024."""
    bought = date(2016, 6, 1)

    before = keep_until("invoice", created_on=bought, country="DE", today=date(2024, 12, 31))
    after = keep_until("invoice", created_on=bought, country="DE", today=date(2025, 1, 1))

    assert (before.day, after.day) == (date(2026, 12, 31), date(2024, 12, 31))


def test_the_period_does_not_end_while_an_assessment_is_open() -> None:
    kept = keep_until(
        "invoice",
        created_on=date(2016, 6, 1),
        country="DE",
        today=TODAY,
        stays_open_until=[date(2028, 6, 30)],
    )

    assert kept.day == date(2028, 6, 30)


def test_a_country_without_its_own_rule_gets_the_products() -> None:
    assert period_of("invoice", country="PT", today=TODAY).count == 10
    assert period_of("cart", country="DE", today=TODAY).count == 30


def test_a_class_that_nobody_declared_is_refused() -> None:
    with pytest.raises(NoPeriod, match="diary"):
        period_of("diary", country="DE", today=TODAY)


@pytest.mark.parametrize("name", classes())
@pytest.mark.parametrize("country", ["DE", "AT", "PT"])
def test_what_is_no_longer_kept_and_what_is_kept_meet_without_a_gap(
    name: str, country: str
) -> None:
    """The engine's boundary and the date told to people are the same day."""
    rule = period_of(name, country=country, today=TODAY)
    boundary = created_before(rule, today=TODAY)
    last_gone = date.fromordinal(boundary.toordinal() - 1)

    gone = keep_until(name, created_on=last_gone, country=country, today=TODAY)
    kept = keep_until(name, created_on=boundary, country=country, today=TODAY)

    assert gone.day < TODAY <= kept.day


def test_overlapping_periods_are_refused_with_their_names() -> None:
    row = '[[period]]\nclass="x"\ncount=1\nunit="days"\nstart="event"\nlaw="y"\nfrom='
    text = f'country="DE"\n{row}2020-01-01\n{row}2021-01-01\n'

    with pytest.raises(BadPeriods, match="DE x: 2021-01-01 overlaps"):
        read_periods([text])


def test_without_the_dated_change_the_table_would_differ() -> None:
    """The control: the old rule alone gives ten years."""
    stale = tuple(
        replace(period, valid_to=None)
        for period in retention.shipped_periods()
        if period.valid_to is not None
    )

    kept = keep_until(
        "invoice", created_on=date(2026, 3, 15), country="DE", today=TODAY, periods=stale
    )

    assert kept.day == date(2036, 12, 31)
