"""The headers of every answer, and the content security policy for pages and for all else.

Pages run scripts only by a nonce of that answer, and strings become markup only through the policy
`default` of js/parts/markup.js; what is no page may do nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

REPORTS_PATH: Final = "/reports/csp"
NONCE_PLACE: Final = "NONCE"
"""Where a page's policy names its nonce."""
TRUSTED_TYPES: Final = ("default", "tresen-inert")
"""The only makers of markup from strings; both in js/parts/markup.js."""

_NOT_USED: Final = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
FIXED: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
    "Reporting-Endpoints": f'csp="{REPORTS_PATH}"',
}
"""Kept where a view has said something of its own."""
INERT_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'; sandbox"
)
"""For JSON, files, pictures, texts: opened by itself it can do nothing."""


def page_policy(*, form_targets: Sequence[str], https: bool) -> str:
    """The policy of pages, with NONCE_PLACE where each answer's nonce goes."""
    parts = [
        "default-src 'none'",
        f"script-src 'nonce-{NONCE_PLACE}' 'strict-dynamic'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        " ".join(("form-action 'self'", *form_targets)),
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {' '.join(TRUSTED_TYPES)}",
        f"report-uri {REPORTS_PATH}",
        "report-to csp",
    ]
    if https:
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)


def fixed_headers(*, hsts_seconds: int) -> dict[str, str]:
    """FIXED, and that the shop is only ever spoken to by TLS, where it is."""
    if not hsts_seconds:
        return dict(FIXED)
    return {**FIXED, "Strict-Transport-Security": f"max-age={hsts_seconds}; includeSubDomains"}
