"""Which addresses are asked: http and https of public hosts, resolved once and connected to as resolved."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from kg.errors import ArticleError

_PORTS = {"http": 80, "https": 443}


def checked(url: str) -> SplitResult:
    """The parts of an address; one that is none, or has a user in it, is an ArticleError.

    >>> checked("https://example.org/a?b=1").hostname
    'example.org'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ArticleError(url, f"is no address: {error}") from None
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        raise ArticleError(url, "is no address of http or https")
    if parts.username or parts.password:
        raise ArticleError(url, "names a user; addresses with names and passwords are not asked")
    if port == 0:
        raise ArticleError(url, "has no port")
    return parts


def refuse_private(url: str) -> None:
    """Raise ArticleError for a host of this machine or of a private network, whatever name it goes by."""
    parts = checked(url)
    for found in resolved(parts.hostname or "", parts.port or _PORTS[parts.scheme.lower()], url):
        if not is_public(found):
            raise ArticleError(
                url, f"{parts.hostname} is {found}, an address of this machine or of a private network; --private allows it"
            )


def resolved(host: str, port: int, url: str) -> list[str]:
    """The addresses of a host, each once."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleError(url, f"the host {host!r} is not found: {getattr(error, 'strerror', None) or error}") from None
    return list(dict.fromkeys(str(address[4][0]).partition("%")[0] for address in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
