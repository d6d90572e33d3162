"""Why no phone arrives: what is known of this computer, and from that what it probably is, the most likely first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be known without a phone.

    ``loopback``: the address in the invitations is this computer's alone. ``public``: it was set by hand, for a
    proxy or an intranet. ``networks``: how many addresses phones could use. ``answers``: whether this computer gets
    an answer at the tested address, None while that is not known. ``tunnel``: a VPN is up. ``opened``: a phone
    opened the page, and nothing came back. ``system``: ``sys.platform``.
    """

    loopback: bool = False
    public: bool = False
    networks: int = 1
    answers: bool | None = None
    tunnel: bool = False
    opened: bool = False
    system: str = "linux"


def certain(facts: Facts) -> str | None:
    """The one thing that surely stands in the way, so that nobody needs to try; or None.

    >>> certain(Facts(loopback=True)), certain(Facts(networks=0)), certain(Facts())
    ('loopback', 'no_network', None)
    """
    if facts.loopback and not facts.public:
        return "loopback"
    if facts.networks == 0 and not facts.public:
        return "no_network"
    if facts.answers is False and not facts.public:
        return "moved"
    return None


def likely(facts: Facts) -> tuple[str, ...]:
    """What it probably is, the most likely first; ids of the texts in ``causes`` of ``before.yaml``.

    Evidence goes first (a phone that opened the page, a VPN that is up), then what is frequent. Windows and macOS
    ask before they let anybody in, so their firewall goes before the rest.

    >>> likely(Facts())
    ('other_network', 'firewall', 'guest_network', 'vpn')
    >>> likely(Facts(tunnel=True, networks=2))[:2]
    ('vpn', 'other_network')
    """
    sure = certain(facts)
    if sure:
        return (sure,)
    if facts.opened:
        return ("not_posting", "guest_network", "vpn")
    asks = facts.system in ("win32", "darwin")
    usual = ["firewall", "other_network"] if asks else ["other_network", "firewall"]
    usual += ["guest_network", "vpn"]
    if facts.networks > 1:
        usual.insert(2, "other_address")
    if facts.tunnel:
        usual.remove("vpn")
        usual.insert(0, "vpn")
    return tuple(usual)
