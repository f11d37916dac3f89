"""What most programs begin with: a login at a site, and lists that are read to their end."""

import base64
import time

import urllib3

from kbs_client.api_client import ApiClient
from kbs_client.configuration import Configuration
from kbs_client.exceptions import ApiException, OpenApiException
from kbs_client.rest import RESTClientObject

TRIES = 4
LONGEST_SECONDS = 60
READING = ("GET", "HEAD", "OPTIONS")


def connect(site: str, login: str, password: str) -> ApiClient:
    """A client with a login, which all classes of operations take.

    `site` is its address, with or without `/wp-json`; `password` is an application password, with
    or without its blanks. It asks again where the server is busy for a while.
    """
    root = site.rstrip("/")
    if not root.endswith("/wp-json"):
        root += "/wp-json"
    # What has no answer is tried again by urllib3; what the server answers is for _Patient.
    retries = urllib3.Retry(3, allowed_methods=READING, respect_retry_after_header=False)
    client = ApiClient(Configuration(host=root, retries=retries))
    client.rest_client = _Patient(client.configuration)
    both = base64.b64encode(f"{login}:{password}".encode()).decode()
    client.set_default_header("Authorization", f"Basic {both}")
    return client


def all_pages(operation, **arguments):
    """All items of a list: `all_pages(tickets.list_tickets_with_http_info, status=["open"])`.

    Each page is asked for when the items before it are used up. What comes or goes meanwhile moves
    the items behind it; sorted by `id`, ascending, what comes is behind all others.
    """
    page, pages = 1, 1
    while page <= pages:
        try:
            answer = operation(**arguments, page=page)
        except ApiException as refused:
            if page > 1 and refused.code == "rest_post_invalid_page_number":
                return  # So many items have gone since.
            raise
        page, pages = page + 1, _pages(answer.headers or {})
        yield from answer.data


def _pages(headers):
    # Gateways change the case of names, and what holds them here knows only one.
    for name, value in headers.items():
        if name.lower() == "x-wp-totalpages":
            return int(value)
    raise OpenApiException("The answer has no X-WP-TotalPages: is it a list, and of the server?")


class _Patient(RESTClientObject):
    """Asks again where the server is busy and says for how long: up to three times, a minute each
    at most, and only what can be asked twice, which is what reads, and what has an
    `Idempotency-Key`.
    """

    def request(self, method, url, headers=None, **more):
        # The way of the request takes a header out of it.
        answer = super().request(method, url, headers=dict(headers or {}), **more)
        tries = 1
        while tries < TRIES and _can_be_asked_twice(method, headers or {}):
            seconds = _seconds_to_wait(answer)
            if seconds is None:
                break
            answer.read()
            time.sleep(seconds)
            answer = super().request(method, url, headers=dict(headers or {}), **more)
            tries += 1
        return answer


def _can_be_asked_twice(method, headers):
    return method.upper() in READING or "Idempotency-Key" in headers


def _seconds_to_wait(answer):
    later = answer.getheader("Retry-After", "")
    if answer.status == 503 and later.isdecimal() and int(later) <= LONGEST_SECONDS:
        return int(later)
    return None
