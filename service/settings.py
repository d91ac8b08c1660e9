"""Django's settings, from what the service was started with."""

from __future__ import annotations

from pathlib import Path

from outputs.html import TEMPLATES as REPORT_TEMPLATES
from service import database
from service.config import from_environment

CONFIG = from_environment()
HOUSE = Path(__file__).parent

SECRET_KEY = CONFIG.secret("HEMLIG_NYCKEL")
DEBUG = False
ALLOWED_HOSTS = list(CONFIG.hosts)
ROOT_URLCONF = "service.urls"
APPEND_SLASH = False
INSTALLED_APPS = ["django.contrib.sessions", "service"]
MIDDLEWARE = [
    "service.shield.Shield",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "service.shield.Identify",
]
DATABASES = {"default": database.described(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HOUSE / "templates"],
        "OPTIONS": {"environment": "service.words.environment", "trim_blocks": True, "lstrip_blocks": True},
    }
]
REPORT = REPORT_TEMPLATES

LANGUAGE_CODE = "sv"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "terminsplan"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CONFIG.shared
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = CONFIG.shared
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "service.pages.errors.forgery"
CSRF_TRUSTED_ORIGINS = [CONFIG.public_address] if CONFIG.shared else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.shared else None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
FILE_UPLOAD_TEMP_DIR = str(CONFIG.temporary)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 3

# Nothing is logged that a request holds: a path may hold a secret. What went wrong is told by ``service.shield``.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["nowhere"], "propagate": False},
        "waitress": {"handlers": ["nowhere"], "propagate": False},
    },
}
