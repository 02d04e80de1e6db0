"""What is not for people: health, figures, messages of services; and the bare address."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule, public, signature, token

ROUTES: dict[str, Rule] = {
    "front": public("GET"),
    "health:live": public("GET"),
    "health:ready": public("GET"),
    "health:metrics": token("GET"),
    "security_txt": public("GET"),
    "reports:csp": public("POST"),
    "webhooks:payments": signature("POST"),
}
