"""How much tax is in a basket: once per rate, half-up, the delivery split by net value."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from tresen.domains.tax.types import Assessment, Taxable, TaxGroup, TaxRate, Treatment
from tresen.foundation.money import Money, div_half_up

BASIS = 10_000
"""Basis points in a whole."""

_STEPS = {"HUF": 100}
"""Currencies whose books are kept in larger steps than their minor unit (whole forint)."""

_Key = tuple[int, Treatment]


class NothingToTax(Exception):
    """A basket without goods has no rate that its delivery could follow."""


def assess(
    goods: Sequence[Taxable], *, delivery: Money, prices_include_tax: bool = True
) -> Assessment:
    """Net, tax and gross per rate and in all.

    `delivery` is ancillary: it follows the goods, split by their exact net values, each share
    rounded half-up to the currency's smallest step, the last (highest) rate takes the remainder.
    Tax is then rounded half-up once per group, so net + tax is always the gross to the cent.
    Where prices are net (`prices_include_tax=False`), `gross` and `delivery` are net amounts.
    Source: UStG §10, §12; UStAE 3.10 (ancillary supply), 10.1; EN 16931 BR-CO-17.
    Raises NothingToTax.
    """
    if not goods:
        raise NothingToTax
    groups = _grouped(goods)
    sums = [sum(line.gross.minor for line in lines) for _, lines in groups]
    rates = [rate_bp for (rate_bp, _), _ in groups]
    weights = _net_weights(sums, rates) if prices_include_tax else sums
    shares = shared_out(delivery, weights=weights)
    taxed = tuple(
        _group(lines, amount=Money(total, delivery.currency) + share, included=prices_include_tax)
        for (_, lines), total, share in zip(groups, sums, shares, strict=True)
    )
    nothing = Money(0, delivery.currency)
    return Assessment(
        groups=taxed,
        delivery_shares=shares,
        net=sum((group.net for group in taxed), nothing),
        tax=sum((group.tax for group in taxed), nothing),
        gross=sum((group.gross for group in taxed), nothing),
        rates={line.key: line.rate for line in goods},
    )


def shared_out(amount: Money, *, weights: Sequence[int]) -> tuple[Money, ...]:
    """Split an amount in proportion; half-up each, the last share takes what remains.

    No share goes beyond what is left, so that tiny amounts over many weights never turn
    negative. Weights of nothing at all give everything to the last.
    """
    assert weights
    assert amount.minor >= 0
    assert min(weights) >= 0
    whole, step = sum(weights), smallest_step(amount.currency)
    left, shares = amount.minor, []
    for weight in weights[:-1]:
        share = div_half_up(amount.minor * weight, whole * step) * step if whole else 0
        share = min(share, left)
        shares.append(share)
        left -= share
    shares.append(left)
    return tuple(Money(share, amount.currency) for share in shares)


def gross_keeping_net(price: Money, *, home: TaxRate, abroad: TaxRate) -> Money:
    """The gross price abroad whose net is that of `price` at home (policy keep_net), half-up."""
    step = smallest_step(price.currency)
    minor = div_half_up(price.minor * (BASIS + abroad.rate_bp), (BASIS + home.rate_bp) * step)
    return Money(minor * step, price.currency)


def smallest_step(currency: str) -> int:
    """The smallest amount that books know, in minor units: 1 cent, 1 yen, 100 fillér."""
    return _STEPS.get(currency, 1)


def _grouped(goods: Sequence[Taxable]) -> list[tuple[_Key, list[Taxable]]]:
    """Lines by rate and treatment, the lowest rate first."""
    found: dict[_Key, list[Taxable]] = {}
    for line in goods:
        assert line.gross.minor >= 0
        found.setdefault((line.rate.rate_bp, line.rate.treatment), []).append(line)
    return sorted(found.items())


def _net_weights(sums: Sequence[int], rates: Sequence[int]) -> list[int]:
    """Whole numbers in the exact proportion of the net values."""
    common = prod(BASIS + rate for rate in set(rates))
    return [total * (common // (BASIS + rate)) for total, rate in zip(sums, rates, strict=True)]


def _group(lines: Sequence[Taxable], *, amount: Money, included: bool) -> TaxGroup:
    rate, step = lines[0].rate, smallest_step(amount.currency)
    base = BASIS + rate.rate_bp if included else BASIS
    tax = Money(div_half_up(amount.minor * rate.rate_bp, base * step) * step, amount.currency)
    categories = {line.rate.category for line in lines}
    return TaxGroup(
        rate_bp=rate.rate_bp,
        treatment=rate.treatment,
        category=categories.pop() if len(categories) == 1 else "",
        net=amount - tax if included else amount,
        tax=tax,
        gross=amount if included else amount + tax,
    )
