"""The shop's pages: /de/… and /en/…."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule, cart_holder, link, public

ROUTES: dict[str, Rule] = {
    "storefront:home": public("GET"),
    "storefront:category": public("GET"),
    "storefront:product": public("GET"),
    "storefront:search": public("GET"),
    "storefront:search_suggestions": public("GET"),
    "storefront:legal": public("GET"),
    "storefront:safe_shopping": public("GET"),
    "storefront:transparency": public("GET"),
    "storefront:cart": cart_holder("GET"),
    "storefront:cart_lines": cart_holder("POST"),
    "storefront:cart_line": cart_holder("POST"),
    "storefront:checkout": cart_holder("GET"),
    "storefront:checkout_review": cart_holder("GET POST"),
    "storefront:checkout_order": cart_holder("GET POST"),
    "storefront:checkout_question": cart_holder("GET POST"),
    "storefront:order": link("GET"),
    "storefront:order_check": link("GET POST"),
    "storefront:order_cancellation": link("POST"),
    "storefront:order_payment": link("POST"),
    "storefront:demo_card": link("GET"),
    "storefront:demo_card_payment": link("GET POST"),
    "storefront:demo_card_departure": link("POST"),
}
