"""The API: each operation by its method and address."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule, cart_holder, link, public, publishable_key

ROUTES: dict[str, Rule] = {
    "store-v1:openapi-json": public("GET"),
    "store-v1:api-root": public("GET"),
    "GET /api/store/v1/products": publishable_key("GET"),
    "GET /api/store/v1/products/suggestions": publishable_key("GET"),
    "GET /api/store/v1/products/<slug>": publishable_key("GET"),
    "GET /api/store/v1/categories": publishable_key("GET"),
    "GET /api/store/v1/categories/<slug>": publishable_key("GET"),
    "POST /api/store/v1/carts": publishable_key("POST"),
    "GET /api/store/v1/carts/<cart>": cart_holder("GET"),
    "POST /api/store/v1/carts/<cart>/lines": cart_holder("POST"),
    "PUT /api/store/v1/carts/<cart>/lines/<variant>": cart_holder("PUT"),
    "DELETE /api/store/v1/carts/<cart>/lines/<variant>": cart_holder("DELETE"),
    "PUT /api/store/v1/carts/<cart>/address": cart_holder("PUT"),
    "PUT /api/store/v1/carts/<cart>/delivery": cart_holder("PUT"),
    "PUT /api/store/v1/carts/<cart>/payment": cart_holder("PUT"),
    "POST /api/store/v1/orders": cart_holder("POST"),
    "GET /api/store/v1/orders/<token>": link("GET"),
    "POST /api/store/v1/orders/<token>/cancellation": link("POST"),
    "POST /api/store/v1/orders/<token>/payment": link("POST"),
}
