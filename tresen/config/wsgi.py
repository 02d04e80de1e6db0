"""The web server's door."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from tresen.entrypoints.shared.logs import configure_logs

configure_logs()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
application = get_wsgi_application()
