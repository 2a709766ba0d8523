"""All settings, read from the environment. With nothing set: SQLite, no broker, on a loopback port.

Production is `KANRYU_ENV=production`; it refuses to start half configured (see `_refuse_unsafe`).
Every `KANRYU_*` variable is described in docs/settings.md, and a test holds the two together.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()  # ModelForm[Job] and its like may be written at run time too


def _text(name: str, default: str = "") -> str:
    """Read a variable, or the file that `NAME_FILE` points to (container secrets)."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def _flag(name: str, default: bool = False) -> bool:
    return _text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def _number(name: str, default: int) -> int:
    try:
        return int(_text(name, str(default)))
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from wrong


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in _text(name, default).split(",") if part.strip()]


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(_text("KANRYU_DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = _text("KANRYU_ENV", "embedded") == "production"
DEBUG = _flag("KANRYU_DEBUG")
DEFAULT_SECRET = "embedded-install-only-change-me-before-anyone-else-can-reach-it"  # noqa: S105
SECRET_KEY = _text("KANRYU_SECRET_KEY", DEFAULT_SECRET)
ALLOWED_HOSTS = _list("KANRYU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("KANRYU_CSRF_TRUSTED_ORIGINS")
SITE_URL = _text("KANRYU_SITE_URL", "http://127.0.0.1:8000")
PLAIN_HTTP = _flag("KANRYU_PLAIN_HTTP", default=not PRODUCTION)
PROXIES = _number("KANRYU_PROXIES", 0 if PLAIN_HTTP else 1)  # how many of ours stand before the web server

# --- Applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
    "recruiting.core",
    "recruiting.accounts",
    "recruiting.notices",
    "recruiting.skills",
    "recruiting.candidates",
    "recruiting.jobs",
    "recruiting.contact",
    "recruiting.integrations",
    "recruiting.home",
    "funnel",
    "recycling",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "recruiting.core.logs.log_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "recruiting.accounts.middleware.SignedInMiddleware",
    "recruiting.accounts.middleware.in_their_words",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "recruiting.urls"
WSGI_APPLICATION = "recruiting.wsgi.application"
ASGI_APPLICATION = "recruiting.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recruiting.core.context.shell",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASE_URL = _text("DATABASE_URL")
if DATABASE_URL:
    DATABASES: dict[str, Any] = {
        "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "kanryu.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # covering columns are PostgreSQL's; SQLite does well without

REDIS_URL = _text("REDIS_URL")
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
UPLOAD_MAX_BYTES = _number("KANRYU_UPLOAD_MAX_MB", 20) * 1_000_000
IMPORT_MAX_BYTES = _number("KANRYU_IMPORT_MAX_MB", 100) * 1_000_000

# --- People who work here ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "recruiting.accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
INVITATION_DAYS = _number("KANRYU_INVITATION_DAYS", 14)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES  # whose X-Forwarded-For the limits believe
SAMPLE_PASSWORD = "wide-river-9"  # noqa: S105  the sample company's people, printed by `make run`

# A second factor and OpenID Connect are settings alone: their packages ship with allauth.
if _flag("KANRYU_MFA"):
    INSTALLED_APPS.append("allauth.mfa")
if _text("KANRYU_OIDC_SERVER_URL"):
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": _text("KANRYU_OIDC_NAME", "Company account"),
                    "client_id": _text("KANRYU_OIDC_CLIENT"),
                    "secret": _text("KANRYU_OIDC_SECRET"),
                    "settings": {"server_url": _text("KANRYU_OIDC_SERVER_URL")},
                }
            ]
        }
    }

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Words and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = _text("KANRYU_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ja", "日本語")]
LOCALE_PATHS = [BASE_DIR / "recruiting" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _text("KANRYU_TIME_ZONE", "Asia/Tokyo")  # the organisation's: a date is a day here

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# Without a mail server letters are kept and read on a page; in production they go to the log.
EMAIL_BACKEND = _text(
    "KANRYU_EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend" if PRODUCTION else "recruiting.notices.backend.KeepingBackend",
)
EMAIL_TIMEOUT = 20
if _text("KANRYU_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _text("KANRYU_SMTP_HOST")
    EMAIL_PORT = _number("KANRYU_SMTP_PORT", 587)
    EMAIL_HOST_USER = _text("KANRYU_SMTP_USER")
    EMAIL_HOST_PASSWORD = _text("KANRYU_SMTP_PASSWORD")
    EMAIL_USE_TLS = _flag("KANRYU_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = _text("KANRYU_MAIL_FROM", "Kanryu <kanryu@localhost>")
CHAT_HOSTS = _list("KANRYU_CHAT_HOSTS")  # further hosts of incoming webhooks, which may stand in one's own network

# --- The clock: one list for Celery beat and for `manage.py run_sweeps` (seconds between runs) ------------------------

SWEEPS: dict[str, float] = {
    "recruiting.core.tasks.relay_outbox": 1,
    "recycling.tasks.evaluate_noted": 1,
    "recruiting.integrations.tasks.work_on_imports": 2,
    "recycling.tasks.turn_cards": 600,
    "recycling.tasks.sweep_entries": 600,
    "recycling.tasks.sweep_everything": 86_400,
    "funnel.tasks.remind_of_handoffs": 60,
    "funnel.tasks.remind_of_offers": 60,
    "funnel.tasks_interviews.remind_of_feedback": 60,
    "funnel.tasks.expire_offers": 600,
    "funnel.tasks.begin_stand_ins": 60,
    "funnel.tasks.end_stand_ins": 1800,
    "recruiting.notices.tasks.send_digests": 300,
    "recruiting.core.tasks.prune": 3600,
    "recruiting.notices.tasks.forget_old": 86_400,
    "recruiting.integrations.tasks.forget_old_files": 86_400,
}
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# A turn that no worker took before the next one is dropped: a sweep takes what is overdue anyway.
CELERY_BEAT_SCHEDULE = {
    path: {
        "task": "recruiting.core.tasks.run_sweep",
        "args": [path],
        "schedule": every,
        "options": {"expires": every},
    }
    for path, every in SWEEPS.items()
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
READY_SWEEP_SECONDS = _number("KANRYU_READY_SWEEP_SECONDS", 60)
READY_OUTBOX_SECONDS = _number("KANRYU_READY_OUTBOX_SECONDS", 300)

# --- The trade's numbers (model.md: each is a default and a setting) --------------------------------------------------

TOUCH_GAP_DAYS = _number("KANRYU_TOUCH_GAP_DAYS", 90)
TOUCHES_PER_YEAR = _number("KANRYU_TOUCHES_PER_YEAR", 3)
HOLD_MAX_DAYS = _number("KANRYU_HOLD_MAX_DAYS", 90)
FORGOTTEN_DAYS = _number("KANRYU_FORGOTTEN_DAYS", 30)
FORGOTTEN_IN_INTERVIEW_DAYS = _number("KANRYU_FORGOTTEN_IN_INTERVIEW_DAYS", 10)
# Working hours, warn and miss; those of a border stand on its gate.
FEEDBACK_HOURS = (_number("KANRYU_FEEDBACK_WARN_HOURS", 4), _number("KANRYU_FEEDBACK_MISS_HOURS", 8))
SCHEDULING_HOURS = (_number("KANRYU_SCHEDULING_WARN_HOURS", 8), _number("KANRYU_SCHEDULING_MISS_HOURS", 12))
OFFER_HOURS = (_number("KANRYU_OFFER_WARN_HOURS", 4), _number("KANRYU_OFFER_MISS_HOURS", 8))
RETURNS_BEFORE_LEAD = _number("KANRYU_RETURNS_BEFORE_LEAD", 3)
HANDOFF_LINK_DAYS = _number("KANRYU_HANDOFF_LINK_DAYS", 14)
OFFER_NEEDS_APPROVAL = _flag("KANRYU_OFFER_NEEDS_APPROVAL", default=True)
OFFER_ANSWER_DAYS = _number("KANRYU_OFFER_ANSWER_DAYS", 7)
UNDO_EXIT_DAYS = _number("KANRYU_UNDO_EXIT_DAYS", 30)
JOB_ON_HOLD_ASK_DAYS = _number("KANRYU_JOB_ON_HOLD_ASK_DAYS", 60)
DATE_LEAD_DAYS = _number("KANRYU_DATE_LEAD_DAYS", 30)
REVIEW_MONTHS = _number("KANRYU_REVIEW_MONTHS", 12)
REVIEW_BEFORE_USE_ENDS_DAYS = _number("KANRYU_REVIEW_BEFORE_USE_ENDS_DAYS", 60)
IN_PROCESS_CONTACT_DAYS = _number("KANRYU_IN_PROCESS_CONTACT_DAYS", 30)
UNANSWERED_DAYS = _number("KANRYU_UNANSWERED_DAYS", 30)
UNANSWERED_REST_MONTHS = _number("KANRYU_UNANSWERED_REST_MONTHS", 6)
EVALUATION_VALID_MONTHS = _number("KANRYU_EVALUATION_VALID_MONTHS", 12)
AGENCY_OWNS_MONTHS = _number("KANRYU_AGENCY_OWNS_MONTHS", 12)
USE_MONTHS = {
    "JP": _number("KANRYU_USE_MONTHS_JP", 12),
    "EU": _number("KANRYU_USE_MONTHS_EU", 12),
    "US": _number("KANRYU_USE_MONTHS_US", 24),
}
COMPANY_NAME = _text("KANRYU_COMPANY_NAME", "Kanryu")
COUNTRY = _text("KANRYU_COUNTRY", "JP")
RECRUITERS_APPROVE_JOBS = _flag("KANRYU_RECRUITERS_APPROVE_JOBS")

# --- Logs: one JSON object a line in production, words in the embedded install ----------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        },
        "words": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "filters": {"request_id": {"()": "recruiting.core.logs.RequestIdFilter"}},
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json" if PRODUCTION else "words",
        }
    },
    "root": {"handlers": ["out"], "level": _text("KANRYU_LOG_LEVEL", "INFO")},
}


def _refuse_unsafe() -> None:
    """Production fails closed: a default secret, DEBUG, an open host list or a missing service stops the start."""
    wrong = [
        (SECRET_KEY == DEFAULT_SECRET or len(SECRET_KEY) < 40, "KANRYU_SECRET_KEY must be 40 characters of your own"),
        (DEBUG, "KANRYU_DEBUG must be off"),
        ("*" in ALLOWED_HOSTS or "KANRYU_ALLOWED_HOSTS" not in os.environ, "KANRYU_ALLOWED_HOSTS must name your hosts"),
        (not DATABASE_URL, "DATABASE_URL must name a PostgreSQL database"),
        (not REDIS_URL, "REDIS_URL must name a Redis server"),
    ]
    reasons = [reason for is_wrong, reason in wrong if is_wrong]
    if reasons:
        raise ImproperlyConfigured("Kanryu will not start in production: " + "; ".join(reasons) + ".")


if PRODUCTION:
    _refuse_unsafe()
