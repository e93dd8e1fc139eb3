"""How much of what may come how fast from visitors of live sessions."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from viceversa.live.codes import Limiter

MINUTE = 60.0
TEN_MINUTES = 600.0


class Pace:
    """The limits of a server; many people of one office come from one address."""

    def __init__(self) -> None:
        self.wrong_here = Limiter(60, MINUTE)
        self.wrong_anywhere = Limiter(600, MINUTE)
        self.joins_here = Limiter(120, MINUTE)
        self.joins_in = Limiter(300, MINUTE)
        self.messages = Limiter(20, 5)
        self.wishes = Limiter(5, TEN_MINUTES)
        self.wishes_here = Limiter(120, TEN_MINUTES)
        self.wishes_in = Limiter(300, TEN_MINUTES)
        self._tidied = float("-inf")

    def guesses(self, address: str, now: float) -> bool:
        """Whether there were so many wrong codes that no further one is looked at."""
        return self.wrong_here.full(address, now) or self.wrong_anywhere.full("", now)

    def note_wrong(self, address: str, now: float) -> None:
        """Count a wrong code."""
        self.wrong_here.note(address, now)
        self.wrong_anywhere.note("", now)

    def lets_join(self, address: str, code: str, now: float) -> bool:
        """Whether one more may try to come in; counted if so."""
        return self._take(now, (self.joins_here, address), (self.joins_in, code))

    def lets_wish(self, guest_id: str, address: str, room_id: str, now: float) -> bool:
        """Whether a guest may try to keep their reflections; counted if so."""
        mine, here = (self.wishes, guest_id), (self.wishes_here, address)
        return self._take(now, mine, here, (self.wishes_in, room_id))

    def lets_say(self, guest_id: str, now: float) -> bool:
        """Whether a guest's page may send one more message; counted if so."""
        return self._take(now, (self.messages, guest_id))

    def _take(self, now: float, *asked: tuple[Limiter, str]) -> bool:
        self._tidy(now)
        if any(limiter.full(key, now) for limiter, key in asked):
            return False
        for limiter, key in asked:
            limiter.note(key, now)
        return True

    def _tidy(self, now: float) -> None:
        if now - self._tidied < MINUTE:
            return
        self._tidied = now
        for limiter in vars(self).values():
            if isinstance(limiter, Limiter):
                limiter.forget_old(now)


def counted_as(address: str) -> str:
    """What an address is counted under: an IPv6 visitor has a whole /64 to themselves."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or f"{IPv6Address(int(read) >> 64 << 64)}/64")
