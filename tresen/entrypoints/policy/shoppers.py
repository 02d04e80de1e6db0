"""Shoppers: signing in and up, their account, their data, the links they are sent."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule, link, public

ROUTES: dict[str, Rule] = {
    "storefront:my_data": public("GET POST"),
    "storefront:my_data_page": link("GET"),
    "storefront:my_data_wish": link("POST"),
    "storefront:my_data_switch": link("POST"),
    "storefront:my_data_erasure": link("GET POST"),
    "storefront:my_data_copy": link("GET"),
    "storefront:my_data_file": link("GET"),
    "storefront:my_data_confirmation": link("GET POST"),
}
