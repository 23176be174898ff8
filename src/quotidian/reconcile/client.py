"""A client of one reconciliation service: politely paced, patient where the service is busy."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quotidian.errors import NotFound, Refused, Unreachable, UsageError
from quotidian.reading.address import target_of
from quotidian.reconcile.protocol import answers, form, manifest
from quotidian.reconcile.values import Candidate, Query, Service
from quotidian.reconcile.web import Answer, Asks, Web

_BUSY = frozenset({429, 502, 503, 504})
# A service that wants us to wait longer is told of, and asked another day.
_LONGEST_WAIT = 120.0


@dataclass(frozen=True)
class Client:
    """Asks one service for candidates. Nothing but the queries themselves is sent.

    Args:
        address: the service's address. There is none by default: names go only where somebody sends them.
        asks: what sends a request.
        pace: seconds from one request to the next, at least.
        tries: how often a busy service is asked before it is given up.
        sleep, clock: how to wait, and seconds that only go on.

    Raises:
        UsageError: no address is given.
    """

    address: str
    asks: Asks = field(default_factory=Web)
    pace: float = 1.0
    tries: int = 4
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _asked: list[float] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.address.strip():
            raise UsageError(
                "no reconciliation service: give its address, such as https://wikidata.reconci.link/en/api"
            )

    @cached_property
    def service(self) -> Service:
        """What the service says of itself; asked once.

        Raises:
            InputError: it cannot be asked, or is none.
        """
        return manifest(self._answer(None))

    def candidates(self, queries: Sequence[Query]) -> Iterator[tuple[Query, tuple[Candidate, ...]]]:
        """Each query with its candidates, lazily, in their order, in as few requests as the service takes.

        Raises:
            InputError: the service cannot be asked, or does not answer as one.
        """
        service = self.service
        for first in range(0, len(queries), service.batch):
            batch = queries[first : first + service.batch]
            found = answers(self._answer(form(batch)), len(batch), service)
            yield from zip(batch, found, strict=True)

    def _answer(self, sent: bytes | None) -> bytes:
        wait = self.pace
        for left in range(self.tries - 1, -1, -1):
            self._keep_pace()
            answer = self.asks(self.address, sent)
            if answer.status == 200:
                return answer.body
            if answer.status not in _BUSY or left == 0:
                raise self._refusal(answer)
            wait = max(2 * wait, answer.wait or 0.0)
            if wait > _LONGEST_WAIT:
                raise Unreachable(f"the service wants to be left alone for {wait:,.0f} seconds: ask it then")
            self.sleep(wait)
        raise AssertionError("a last try ends in an answer or an error")

    def _keep_pace(self) -> None:
        if self._asked:
            since = self.clock() - self._asked[-1]
            if since < self.pace:
                self.sleep(self.pace - since)
        self._asked[:] = [self.clock()]

    def _refusal(self, answer: Answer) -> Exception:
        host = target_of(self.address).host
        if answer.moved_to is not None:
            moved = answer.moved_to.split("?")[0][:200]
            return Refused(
                f"refused: {host} sends us on to {moved or 'nowhere'}; give that address if it is meant"
            )
        if answer.status in (404, 410):
            return NotFound(f"{host} answers {answer.status}: there is no such service")
        if answer.status in (401, 403):
            return Refused(f"{host} answers {answer.status}: it wants a key; see its documentation")
        said = f"{answer.status} {http.client.responses.get(answer.status, '')}".rstrip()
        return Unreachable(f"{host} answers {said}: try again later")
