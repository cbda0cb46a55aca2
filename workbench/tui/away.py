"""Work that nobody has to wait for: a long search must not keep a reviewer from leaving a document, or the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


async def away(call: Callable[[], _T]) -> _T:
    """What a call gives that may take long and writes nothing that must be written: it runs in a thread that ends with
    the app, where `asyncio.to_thread` would keep the app until it is done."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[_T] = loop.create_future()

    def give(value: _T | None, error: BaseException | None) -> None:
        if result.cancelled():
            return
        if error is not None:
            result.set_exception(error)
        else:
            result.set_result(value)  # type: ignore[arg-type]  # what the call gave

    def work() -> None:
        value, failure = None, None
        try:
            value = call()
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits
            failure = error
        # The loop is closed where the app has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(give, value, failure)

    Thread(target=work, name="away", daemon=True).start()
    return await result
