"""The storefront: the shop in the browser."""
