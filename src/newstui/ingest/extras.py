"""Libraries that are not installed unless they are asked for."""

from __future__ import annotations

import importlib
from typing import Any

from newstui.ingest.article import ImportFailedError


def require(module: str, extra: str, name: str) -> Any:
    """A module of an optional dependency.

    Raises:
        ImportFailedError: it is not installed; the sentence says how to get it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportFailedError(f"{name}: this format needs an extra; run: pip install 'newstui[{extra}]'") from error
