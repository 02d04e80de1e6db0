"""The store API and its OpenAPI 3.1 document at /api/store/v1/openapi.json."""

from __future__ import annotations

from tresen.entrypoints.api.store import carts, categories, orders, problems, products
from tresen.entrypoints.api.store.context import PublishableKeyAuth
from tresen.entrypoints.api.store.document import StoreAPI
from tresen.entrypoints.api.store.reading import JsonParser

api = StoreAPI(
    title="Tresen store API",
    version="1.0",
    description=(
        "What a shop front needs: goods, carts, orders. Send the publishable key of a channel in"
        " `X-Publishable-Key` and the language in `Accept-Language`. Errors are problem details"
        " (RFC 9457) with a stable `code`. Ids are opaque. Lists are paged by cursor."
    ),
    urls_namespace="store-v1",
    auth=PublishableKeyAuth(),
    docs_url=None,
    openapi_url="/openapi.json",
    parser=JsonParser(),
)
problems.register(api)
api.add_router("/products", products.router)
api.add_router("/categories", categories.router)
api.add_router("/carts", carts.router)
api.add_router("/orders", orders.router)
