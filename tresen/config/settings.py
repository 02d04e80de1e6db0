"""Settings. Every value from outside is read here and nowhere else."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import get_args

from tresen.config.keys import root_key_of, secret_keys_of
from tresen.domains.accounts.types import Realm, SessionLimits
from tresen.foundation.database.limits import Role
from tresen.foundation.secret import QuietText, Secret
from tresen.foundation.vault.keyring import open_keyring
from tresen.operations.backup.places import places_of
from tresen.operations.postgres.address import database_settings

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
DATA = Path(os.environ.get("TRESEN_DATA") or ROOT / "var").resolve()
BACKUP_PLACES = places_of(DATA, os.environ)
ROOT_KEY = root_key_of(os.environ, data=DATA)
KEYRING_FILE = Path(os.environ.get("TRESEN_KEY_FILE") or DATA / "keys" / "keyring.json")
_KEYRING = open_keyring(KEYRING_FILE, ROOT_KEY, earlier=DATA / "keys" / "vault.json")
AUDIT_KEY_FILE = Path(
    os.environ.get("TRESEN_AUDIT_KEY_FILE") or KEYRING_FILE.with_name("audit.json")
)
AUDIT_MAIL_TO = os.environ.get("TRESEN_AUDIT_MAIL_TO") or ""
AUDIT_ANCHOR_FOLDER = Path(os.environ.get("TRESEN_AUDIT_ANCHOR_FOLDER") or DATA / "anchors")
BREACH_AUTHORITY_HOURS = int(os.environ.get("TRESEN_BREACH_AUTHORITY_HOURS") or 72)

DEBUG = os.environ.get("TRESEN_DEBUG") == "1"
SECRET_KEY, *SECRET_KEY_FALLBACKS = map(QuietText, secret_keys_of(_KEYRING))
PUBLIC_URL = (
    os.environ.get("TRESEN_PUBLIC_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
)
ALLOWED_HOSTS = (os.environ.get("TRESEN_HOSTS") or "127.0.0.1,localhost,[::1],testserver").split(
    ","
)
HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

ERASURE_LEDGER = DATA / "keys" / "erasures.jsonl"
RESPONSIBLE_PLACE = os.environ.get("TRESEN_PLACE") or ""
"""Whose holidays count for periods of law, as "DE-HH"; empty: the store's country."""
SERVER_LOCATION = os.environ.get("TRESEN_SERVER_LOCATION") or ""
"""Where the data lie, in words for people ("Hetzner, Falkenstein, Germany")."""
DEFAULT_CHANNEL = os.environ.get("TRESEN_CHANNEL") or "web-de"

OPENID_ISSUER = os.environ.get("TRESEN_OPENID_ISSUER") or ""
OPENID_CLIENT_ID = os.environ.get("TRESEN_OPENID_CLIENT_ID") or ""
OPENID_CLIENT_SECRET = os.environ.get("TRESEN_OPENID_CLIENT_SECRET") or ""
OPENID_NAME = os.environ.get("TRESEN_OPENID_NAME") or "OpenID Connect"
OPENID_TRUSTED_ACR = tuple((os.environ.get("TRESEN_OPENID_TRUSTED_ACR") or "").split())
OPENID_TRUSTED_AMR = tuple((os.environ.get("TRESEN_OPENID_TRUSTED_AMR") or "").split())

_DOMAIN_APPS = sorted(
    f"tresen.domains.{found.parent.name}" for found in (PACKAGE / "domains").glob("*/apps.py")
)
_ENTRYPOINT_APPS = sorted(
    ".".join(found.parent.relative_to(ROOT).parts)
    for found in (PACKAGE / "entrypoints").glob("*/apps.py")
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tresen.foundation.vault",
    "tresen.foundation.journal",
    "tresen.foundation.idempotency",
    "tresen.foundation.watches",
    "tresen.foundation.limits",
    "tresen.foundation.audit",
    "tresen.foundation.disclosures",
    "tresen.foundation.throttle",
    *_DOMAIN_APPS,
    *_ENTRYPOINT_APPS,
    "tresen.config.apps.ConfigConfig",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "tresen.entrypoints.shared.shield.middleware.ShieldMiddleware",
    "tresen.entrypoints.shared.request_id.RequestIdMiddleware",
    "tresen.entrypoints.shared.sessions.middleware.RealmSessions",
    "django.middleware.locale.LocaleMiddleware",
    "tresen.entrypoints.shared.frozen.FrozenShop",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tresen.entrypoints.shared.cards.CardMiddleware",
    "tresen.entrypoints.policy.middleware.PolicyMiddleware",
]
ROOT_URLCONF = "tresen.config.urls"
WSGI_APPLICATION = "tresen.config.wsgi.application"

_DATABASE_ROLE: Role = next(
    (role for role in get_args(Role) if role == os.environ.get("TRESEN_DB_ROLE")), "app"
)
DATABASES = {
    "default": {
        "ENGINE": "tresen.foundation.database",
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": int(os.environ.get("TRESEN_DB_POOL") or 8),
                "timeout": 5,
            },
            "prepare_threshold": 5,
        },
        **database_settings(_DATABASE_ROLE, data=DATA, environ=os.environ),
    },
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "entrypoints",
            PACKAGE / "adapters",
            PACKAGE / "entrypoints" / "backoffice" / "signin" / "templates",
        ],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "libraries": {"signin": "tresen.entrypoints.backoffice.signin.tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tresen.entrypoints.storefront.context.shop_context",
            ],
        },
    },
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

CSRF_FAILURE_VIEW = "tresen.entrypoints.shared.front_door.form_expired"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "entrypoints" / "static", ("vendor", ROOT / "vendor")]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "tresen.entrypoints.shared.static_files.NamedByContent",
    },
}

SESSION_ENGINE = "tresen.entrypoints.shared.sessions.engine"
SESSION_LIMITS = {
    Realm.STAFF: SessionLimits(
        idle=timedelta(hours=2),
        absolute=timedelta(hours=12),
        rest=timedelta(minutes=15),
        is_remembered=False,
    ),
    Realm.SHOP: SessionLimits(
        idle=timedelta(days=30), absolute=timedelta(days=180), rest=None, is_remembered=True
    ),
}
STEP_UP_FRESH = timedelta(minutes=5)
LARGE_REFUND_MINOR = 20_000
REFUND_ALONE_MAX = dict(
    limit.split("=", 1)
    for limit in (os.environ.get("TRESEN_REFUND_LIMITS") or "other=500").split(",")
    if "=" in limit
)
"""Above it a second person allows a refund: amounts by currency, `other` for all the rest. «off»
in TRESEN_REFUND_LIMITS is for whoever works alone.
"""
SESSION_COOKIE_NAME = "__Host-staff" if HTTPS else "staff"  # for Django's test client alone
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
TRUSTED_PROXIES = [
    name for name in (os.environ.get("TRESEN_TRUSTED_PROXIES") or "").split(",") if name
]
"""Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
FORM_TARGETS = ["https://checkout.stripe.com"]
"""Where a form of ours may end by a redirect, beside this shop itself."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tresen.foundation.leaked.validator.NotLeaked"},
]
LEAKED_PASSWORDS = DATA / "passwords" / "leaked.bin"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "tresen.entrypoints.backoffice.signin.adapter.StaffAdapter"
MFA_ADAPTER = "tresen.entrypoints.backoffice.signin.adapter.FactorAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(STEP_UP_FRESH.total_seconds())
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "tresen.entrypoints.backoffice.signin.factors.SecondStepForm",
    "reauthenticate": "tresen.entrypoints.backoffice.signin.factors.ProofForm",
}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours hold in all processes (signin/tries.py)
MFA_TOTP_ISSUER = "Tresen"
LOGIN_URL = "/staff/account/login/"
LOGIN_REDIRECT_URL = "/staff/"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_HOST = os.environ.get("TRESEN_SMTP_HOST") or ""
EMAIL_PORT = int(os.environ.get("TRESEN_SMTP_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("TRESEN_SMTP_USER") or ""
EMAIL_HOST_PASSWORD = QuietText(os.environ.get("TRESEN_SMTP_PASSWORD") or "")
EMAIL_USE_TLS = os.environ.get("TRESEN_SMTP_TLS", "1") == "1"
MAIL_OUTBOX = DATA / "mail"

STRIPE_SECRET_KEY = Secret(os.environ.get("TRESEN_STRIPE_SECRET_KEY") or "")
STRIPE_WEBHOOK_SECRET = Secret(os.environ.get("TRESEN_STRIPE_WEBHOOK_SECRET") or "")
STRIPE_API_BASE = os.environ.get("TRESEN_STRIPE_API_BASE") or "https://api.stripe.com"
_IS_DEMO = (DATA / "demo" / "logins.json").exists()
DEMO_CARD_BOOKS = Path(os.environ.get("TRESEN_DEMO_CARD_BOOKS") or DATA / "demo" / "card.sqlite3")
DEMO_PICTURE_WIDTH = int(os.environ.get("TRESEN_DEMO_PICTURE_WIDTH") or 800)
"""In pixels. Small ones open a demo shop sooner where nobody looks at them."""
DEMO_PAYMENTS = os.environ.get("TRESEN_DEMO_PAYMENTS", "1" if _IS_DEMO else "0") == "1"

SECURITY_CONTACT = os.environ.get("TRESEN_SECURITY_CONTACT") or ""
"""An address or link for whoever found a hole; else the store's own."""
CLAMAV = os.environ.get("TRESEN_CLAMAV") or ""
"""`host:port` or the path of its socket; while it is named and silent, no file is taken in."""
METRICS_TOKEN = Secret(os.environ.get("TRESEN_METRICS_TOKEN") or "")
METRICS_FOLDER = DATA / "run" / "metrics"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_FOLDER)  # the library looks there, once
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

LOGGING_CONFIG = None
TEST_RUNNER = "django.test.runner.DiscoverRunner"
