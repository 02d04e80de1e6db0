"""What staff does at the counter, for the walk: orders, goods, stock, their own sessions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tresen.domains.catalog.queries import find_variant_by_sku
from tresen.domains.orders.queries import get_order
from tresen.domains.payments.queries import list_payments_of, list_refunds_of
from tresen.entrypoints.backoffice.tests.make import Counter, order_path
from tresen.foundation import sql
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.weighing.weigh_orders import weigh_orders

Post = tuple[str, dict[str, object]]
Act = Callable[[Counter], Post]


def _paid_order(counter: Counter) -> UUID:
    return counter.order(paid=True)


def _payment(counter: Counter) -> Post:
    return f"{order_path(counter.order())}payment/", {}


def _shipment(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    weigh_orders([order_id], now=NOON)  # as its reaction does; the packer need not
    lines = {f"line_{line.position}": line.quantity for line in get_order(order_id).lines}
    return f"{order_path(order_id)}shipment/", {**lines, "carrier": "DHL", "tracking": "T1"}


def _refund_words() -> dict[str, object]:
    return {"amount": "5,00", "reason": "goodwill", "key": "once"}


def refund(counter: Counter) -> Post:
    return f"{order_path(_paid_order(counter))}refund/", _refund_words()


def _refund_sent(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    counter.post(f"{order_path(order_id)}refund/", **_refund_words())
    (refund,) = list_refunds_of(order_id)
    return f"{order_path(order_id)}refunds/{outer('ref', refund.id)}/sent/", {}


def _cancellation(counter: Counter) -> Post:
    return f"{order_path(_paid_order(counter))}cancellation/", {}


def _other_session(counter: Counter) -> UUID:
    """The clerk has signed in at another device, too."""
    counter.get("/today/")
    columns = "realm, user_id, data, device, made_at, seen_at, expires_at, rested"
    ((session_id,),) = sql.rows(
        f"INSERT INTO accounts_session (id, key_hash, {columns})"  # noqa: S608  # our own words
        f" SELECT gen_random_uuid(), sha256(key_hash), {columns} FROM accounts_session RETURNING id"
    )
    assert isinstance(session_id, UUID)
    return session_id


def _end_session(counter: Counter) -> Post:
    return f"/profile/sessions/{outer('ses', _other_session(counter))}/", {}


def _end_others(counter: Counter) -> Post:
    _other_session(counter)
    return "/profile/sessions/others/", {}


def _review(counter: Counter) -> Post:
    order_id = _paid_order(counter)
    (payment,) = list_payments_of(order_id)
    sql.run("UPDATE payments_payment SET troubles = 1 WHERE id = %s", (payment.id,))
    return f"{order_path(order_id)}payments/{outer('pay', payment.id)}/review/", {"troubles": "1"}


def _product_path() -> str:
    variant = find_variant_by_sku("TEA")
    assert variant is not None
    return f"/products/{outer('prod', variant.product_id)}/"


def _words(counter: Counter) -> Post:
    typed: dict[str, object] = {"revision": 1}
    for code in ("de", "en"):
        typed |= {f"name_{code}": "Tee", f"summary_{code}": "", f"description_{code}": ""}
    return f"{_product_path()}words/", typed


def _prices(counter: Counter) -> Post:
    return f"{_product_path()}prices/", {"price_0": "12,30"}


def _status(counter: Counter) -> Post:
    return f"{_product_path()}status/", {"archive": "1"}


def receipt(counter: Counter) -> Post:
    path = f"/stock/{outer('var', counter.shop.tea)}/receipt/"
    return path, {"location": "lager", "quantity": "5"}


def _count(counter: Counter) -> Post:
    path = f"/stock/{outer('var', counter.shop.tea)}/count/"
    return path, {"location": "lager", "quantity": "7", "reason_code": "damage"}


RECORDED: dict[str, tuple[str, Act]] = {
    "backoffice:order_payment": ("payment.mark_paid", _payment),
    "backoffice:order_shipment": ("order.ship", _shipment),
    "backoffice:order_refund": ("payment.refund", refund),
    "backoffice:refund_sent": ("payment.confirm_refund", _refund_sent),
    "backoffice:order_cancellation": ("order.cancel", _cancellation),
    "backoffice:profile_end": ("session.end", _end_session),
    "backoffice:profile_end_others": ("session.end_others", _end_others),
    "backoffice:payment_review": ("payment.review", _review),
    "backoffice:product_words": ("product.edit", _words),
    "backoffice:product_prices": ("product.set_prices", _prices),
    "backoffice:product_status": ("product.set_status", _status),
    "backoffice:stock_receipt": ("stock.receive", receipt),
    "backoffice:stock_count": ("stock.count", _count),
}
UNRECORDED = {
    "backoffice:keep_view": "one's own saved view of a list",
    "backoffice:drop_view": "one's own saved view of a list",
}
