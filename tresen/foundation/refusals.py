"""A refusal the person can mend: it names the field, the reason and the remedy."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """Base of all refusals.

    `code` is stable and machine readable (snake case), `field` the path of the input that is
    wrong ("lines[0].quantity", empty for the whole), `params` are plain values for the text.
    `message` is a translatable English sentence with %(name)s places; the faces translate it.
    `status` is the HTTP status the faces answer with (RFC 9110): 404, 409, 410, 422.
    """

    code = "refused"
    status = 422
    message = "This is not possible."

    def __init__(self, *, field: str = "", params: Mapping[str, str | int] | None = None) -> None:
        self.field = field
        self.params = dict(params or {})
        super().__init__(self.code, field, self.params)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message
