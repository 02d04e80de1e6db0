"""The back office: /staff/…, each address with its permission."""

from __future__ import annotations

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.policy.types import Rule, any_staff, every_staff, staff, store_staff

ROUTES: dict[str, Rule] = {
    "backoffice:home": every_staff("GET"),
    "backoffice:today": every_staff("GET"),
    "backoffice:profile": every_staff("GET"),
    "backoffice:profile_end": every_staff("POST"),
    "backoffice:profile_end_others": every_staff("POST"),
    "backoffice:keep_view": every_staff("POST"),
    "backoffice:drop_view": every_staff("POST"),
    "backoffice:orders": store_staff("GET", Permission.ORDERS_SEE),
    "backoffice:order": store_staff("GET", Permission.ORDERS_SEE),
    "backoffice:order_payment": store_staff("POST", Permission.MONEY_CHANGE),
    "backoffice:order_shipment": store_staff("GET POST", Permission.ORDERS_SHIP),
    "backoffice:order_refund": store_staff("GET POST", Permission.ORDERS_REFUND),
    "backoffice:order_cancellation": store_staff("POST", Permission.ORDERS_CHANGE),
    "backoffice:payment_review": store_staff("POST", Permission.MONEY_CHANGE),
    "backoffice:refund_sent": store_staff("POST", Permission.MONEY_CHANGE),
    "backoffice:approvals": any_staff("GET", Permission.REFUNDS_APPROVE),
    "backoffice:approval": any_staff("GET", Permission.REFUNDS_APPROVE),
    "backoffice:approval_allowance": any_staff("POST", Permission.REFUNDS_APPROVE),
    "backoffice:approval_refusal": any_staff("POST", Permission.REFUNDS_APPROVE),
    "backoffice:export_wish": any_staff("GET POST", Permission.PERSONAL_EXPORT),
    "backoffice:products": any_staff("GET", Permission.GOODS_SEE),
    "backoffice:product": any_staff("GET", Permission.GOODS_SEE),
    "backoffice:product_words": staff("GET POST", Permission.GOODS_CHANGE),
    "backoffice:product_prices": staff("GET POST", Permission.PRICES_CHANGE),
    "backoffice:product_status": staff("POST", Permission.GOODS_CHANGE),
    "backoffice:stock": store_staff("GET", Permission.STOCK_SEE),
    "backoffice:variant_stock": store_staff("GET", Permission.STOCK_SEE),
    "backoffice:stock_receipt": store_staff("GET POST", Permission.STOCK_CHANGE),
    "backoffice:stock_count": store_staff("GET POST", Permission.STOCK_CHANGE),
}
