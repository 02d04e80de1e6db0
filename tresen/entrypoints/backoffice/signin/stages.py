"""The second step at sign-in, and who has done it elsewhere."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from tresen.entrypoints.backoffice.signin.asserted import is_asserted


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asked of everybody, but for those whose provider asserted what is configured as trusted."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if is_asserted(request, self.login.user):
            return False
        return bool(super()._should_handle(request))
