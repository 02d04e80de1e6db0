"""Actions of the audit in words; one that nobody has put into words is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy

from tresen.entrypoints.backoffice.kit.types import Linked, Words
from tresen.foundation.audit.rows import DeedRow
from tresen.foundation.ids import outer

ACTIONS: Mapping[str, Words] = {
    "order.place": pgettext_lazy("deed", "Order placed"),
    "order.cancel": pgettext_lazy("deed", "Order cancelled"),
    "order.ship": pgettext_lazy("deed", "Order shipped"),
    "order.view": pgettext_lazy("deed", "Order looked at"),
    "orders.list": pgettext_lazy("deed", "List of orders looked at"),
    "orders.export": pgettext_lazy("deed", "List of orders given out"),
    "payment.mark_paid": pgettext_lazy("deed", "Marked as paid"),
    "payment.refund": pgettext_lazy("deed", "Refund asked for"),
    "payment.confirm_refund": pgettext_lazy("deed", "Refund sent by hand"),
    "payment.review": pgettext_lazy("deed", "Payment looked through"),
    "product.edit": pgettext_lazy("deed", "Product's words changed"),
    "product.set_prices": pgettext_lazy("deed", "Prices changed"),
    "product.set_status": pgettext_lazy("deed", "Product shown or hidden"),
    "stock.receive": pgettext_lazy("deed", "Goods booked in"),
    "stock.count": pgettext_lazy("deed", "Stock counted"),
    "catalog.import": pgettext_lazy("deed", "Goods imported"),
    "catalog.export": pgettext_lazy("deed", "Goods exported"),
    "letter.retry": pgettext_lazy("deed", "Letter sent again"),
    "letter.settle": pgettext_lazy("deed", "Letter noted as arrived"),
    "delivery.retry": pgettext_lazy("deed", "Fact told again"),
    "audit.export": pgettext_lazy("deed", "Audit given out"),
    "audit.newkey": pgettext_lazy("deed", "New audit key"),
    "audit.restored": pgettext_lazy("deed", "Audit taken back by a restore"),
    "affected.list": pgettext_lazy("deed", "List of affected people looked at"),
    "affected.export": pgettext_lazy("deed", "List of affected people given out"),
    "shop.freeze": pgettext_lazy("deed", "Shop frozen"),
    "shop.thaw": pgettext_lazy("deed", "Shop opened again"),
    "session.begin": pgettext_lazy("deed", "Signed in"),
    "session.refuse": pgettext_lazy("deed", "Sign-in refused"),
    "session.end": pgettext_lazy("deed", "Signed out"),
    "door.refuse": pgettext_lazy("deed", "Not allowed, turned away"),
    "incident.open": pgettext_lazy("deed", "Incident opened"),
    "incident.change": pgettext_lazy("deed", "Incident changed"),
    "incident.pin": pgettext_lazy("deed", "Affected people pinned to an incident"),
    "incident.step": pgettext_lazy("deed", "Step of an incident noted"),
    "incident.view": pgettext_lazy("deed", "Incident looked at"),
    "incident.letters": pgettext_lazy("deed", "Letters about an incident queued"),
}


def action_words(action: str) -> Words:
    return ACTIONS.get(action, action)


def who_words(row: DeedRow, people: Mapping[UUID, str]) -> str:
    """A name of the staff, else what kind of visitor it was."""
    if row.actor_kind == "staff" and row.actor_id:
        return people.get(row.actor_id, gettext("staff"))
    return {
        "customer": pgettext("actor", "customer"),
        "guest": pgettext("actor", "guest"),
        "api": pgettext("actor", "program"),
        "system": pgettext("actor", "the system"),
    }.get(row.actor_kind, row.actor_kind)


def object_of(row: DeedRow) -> Linked | str:
    """What it was done to, with its page where there is one."""
    kinds = {
        "order": ("order", "ord", gettext("Order")),
        "product": ("product", "prod", gettext("Product")),
        "variant": ("variant_stock", "var", gettext("Article")),
        "incident": ("incident", "inc", gettext("Incident")),
    }
    if row.object_kind not in kinds:
        return " ".join(part for part in (row.object_kind, row.object_id) if part)
    route, prefix, words = kinds[row.object_kind]
    try:
        shown = outer(prefix, UUID(row.object_id))
    except ValueError:
        return row.object_id
    return Linked(f"{words} …{shown[-6:]}", reverse(f"backoffice:{route}", args=[shown]))
