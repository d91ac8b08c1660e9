"""Where possible years are planned: in processes of this machine, or on a Dask cluster (``--kluster``)."""

from __future__ import annotations

import logging
from asyncio import CancelledError as AsyncCancelledError
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from ipaddress import ip_address
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

from terminsplan.collecting import collect_seldom
from terminsplan.exits import Exit, RefusedError
from terminsplan.processes import MOST_PROCESSES, cores
from terminsplan.spawned import begin_as_child, deaf_to_interrupts

_CONNECT_SECONDS = 10


@contextmanager
def workers(address: str | None) -> Iterator[tuple[Executor, int]]:
    """An executor, and how many workers it has: as many processes
    as there are cores, or those of the cluster (0 at first).
    """
    if address is None:
        yield from _processes()
    else:
        yield from _cluster(address)


def _processes() -> Iterator[tuple[Executor, int]]:
    number = min(cores(), MOST_PROCESSES)
    executor = _Deaf(number, get_context("spawn"), _begin)
    try:
        yield executor, number
    finally:
        executor.shutdown(cancel_futures=True)


class _Deaf(ProcessPoolExecutor):
    """Its processes never hear Ctrl-C, which is their parent's; they are started when there is work for them."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        with deaf_to_interrupts():
            return super().submit(fn, *args, **kwargs)


def _begin() -> None:
    begin_as_child()
    collect_seldom()


def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    _refuse_unsafe(address)
    try:
        distributed: Any = import_module("distributed")  # an extra that few install
    except ImportError:
        raise RefusedError(
            "Dask är inte installerat, och behövs för --kluster.", 'Installera det: pip install "terminsplan[kluster]"'
        ) from None
    _refuse_without_certificates(address)
    _be_quiet()
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise RefusedError(
            f"Det går inte att nå klustret på {address} ({type(error).__name__}).",
            "Se efter att dask scheduler är igång där, och att certifikaten stämmer om adressen börjar med tls://.",
        ) from error
    try:
        threads = client.nthreads()
        yield client.get_executor(pure=False), sum(threads.values())
    except (CancelledError, AsyncCancelledError, distributed.comm.CommClosedError, distributed.KilledWorker) as error:
        raise RefusedError(
            f"Klustret på {address} svarar inte längre ({type(error).__name__}). Inget har skrivits.",
            "Se efter att dask scheduler och arbetarna är igång, och kör igen.",
            code=Exit.NOTHING_FOUND,
        ) from error
    except ModuleNotFoundError as error:
        raise RefusedError(
            f"En dator i klustret saknar {error.name}.",
            (
                'Installera samma version på alla: pip install "terminsplan[kluster]". Se handboken, När datorn inte '
                "räcker."
            ),
        ) from error
    finally:
        client.close()


def _be_quiet() -> None:
    """Dask and what it stands on log what went wrong as tracebacks; the user is told in one sentence."""
    for name in ("distributed", "tornado", "asyncio"):
        for logger in (name, *(own for own in logging.root.manager.loggerDict if own.startswith(f"{name}."))):
            logging.getLogger(logger).setLevel(logging.CRITICAL)


def _refuse_without_certificates(address: str) -> None:
    """A guarded cluster lets nobody in without; Dask itself would end with a TypeError."""
    settings: Any = import_module("dask.config")
    missing = [name for name in _CERTIFICATES if not settings.get(f"distributed.comm.tls.{name}", None)]
    if address.startswith("tls://") and missing:
        variables = (f"DASK_DISTRIBUTED__COMM__TLS__{_variable(name)}" for name in missing)
        raise RefusedError(
            f"{address} kräver certifikat, och de är inte angivna.",
            f"Ange filerna i miljön: {', '.join(variables)}. Se handboken, När datorn inte räcker.",
        )


_CERTIFICATES = ("ca-file", "client.cert", "client.key")


def _variable(setting: str) -> str:
    return setting.upper().replace("-", "_").replace(".", "__")


def _refuse_unsafe(address: str) -> None:
    """Dask runs whatever it is sent: beyond this machine only with certificates on both sides."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        known = bool(parts.hostname) and parts.port is not None
    except ValueError:
        known = False
    if not known or parts.scheme not in ("tcp", "tls"):
        raise RefusedError(
            f"”{address}” är ingen adress till ett kluster.", "Skriv som tls://server:8786, eller tcp://127.0.0.1:8786."
        )
    if parts.scheme != "tls" and not _is_loopback(parts.hostname or ""):
        raise RefusedError(
            f"{address} ligger utanför den här datorn och är inte skyddad: Dask kör allt som skickas dit.",
            "Använd en adress som börjar med tls://, med certifikat. Se handboken, När datorn inte räcker.",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
