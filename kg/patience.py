"""How other people's services are asked: again where they are busy, as they say when, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests
    from urllib3 import BaseHTTPResponse

BUSY = (429, 500, 502, 503, 504)
TRIES = 4
_LONGEST = 60.0  # seconds that one wait may last, whatever a service asks for


def patient(*, tries: int = TRIES, agent: str = "presskg") -> requests.Session:
    """A session that asks again, ``tries`` times, where a service is busy, fails or does not answer in time.

    It waits as ``Retry-After`` says, at most a minute at once, and never follows to another address unless a call asks for it.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    class Patient(Retry):
        RETRY_AFTER_STATUS_CODES = frozenset(BUSY)

        def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
            asked = super().get_retry_after(response)
            return None if asked is None else min(asked, _LONGEST)

    again = Patient(
        total=tries,
        connect=min(1, tries),
        read=min(2, tries),
        backoff_factor=0.3,
        backoff_max=_LONGEST,
        status_forcelist=BUSY,
        allowed_methods=None,
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = agent
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session
