"""setWebhook, deleteWebhook, getWebhookInfo, close and logOut. getUpdates is in polling.py."""

import ipaddress
import re
from urllib.parse import urlsplit

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.state import Json
from bot.playground.updates import Webhook


def allow_updates(call: Call) -> None:
    """Takes `allowed_updates` where the call gives it; otherwise the last ones stay."""
    if call.arguments.values.get("allowed_updates") in (None, ""):
        return
    given = call.arguments.parsed("allowed_updates", "allowed updates")
    if not isinstance(given, list):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    call.telegram.updates.allow(str(kind) for kind in given)


def set_webhook(call: Call) -> bool:
    """Sends updates to a URL from now on; an empty one is as deleteWebhook."""
    url = call.arguments.text("url")
    if not url:
        return delete_webhook(call)
    _check_url(url)
    secret = call.arguments.text("secret_token")
    _check_secret(secret)
    allow_updates(call)
    updates = call.telegram.updates
    updates.webhook = Webhook(url, secret, call.arguments.integer("max_connections", 40))
    if call.arguments.boolean("drop_pending_updates"):
        updates.drop()
    updates.on_change()
    return True


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid URL specified")
    # As a Bot API server of one's own does, plain HTTP is taken near home.
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def _check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")


def delete_webhook(call: Call) -> bool:
    """Back to getUpdates."""
    updates = call.telegram.updates
    updates.webhook = None
    if call.arguments.boolean("drop_pending_updates"):
        updates.drop()
    updates.on_change()
    return True


def get_webhook_info(call: Call) -> Json:
    """Where updates go and how many wait."""
    updates = call.telegram.updates
    info: Json = {
        "url": updates.webhook.url if updates.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates),
    }
    if updates.allowed:
        info["allowed_updates"] = list(updates.allowed)
    return info | (_deliveries(updates.webhook) if updates.webhook else {})


def _deliveries(webhook: Webhook) -> Json:
    info: Json = {"max_connections": webhook.max_connections}
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    return info


def farewell(_call: Call) -> bool:
    """close and logOut: nothing to do here."""
    return True
