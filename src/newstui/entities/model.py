"""The trained model: a linear score of every tag for every token, from hashed features."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from newstui.entities.decoding import TAGS, allowed_transitions
from newstui.errors import NewstuiError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newstui.entities.decoding import Scores
    from newstui.entities.features import Hashes

FORMAT = 3
SLOT_BITS = 21
"""A feature is looked up by so many bits of its hash; of two that share them a model has one."""
CHUNK = 512
"""Tokens that are scored at a time: what is gathered for them stays in a processor's cache."""
HEAVIEST = 400
"""The largest weight: the sum of so many for each feature of a token still is a 16-bit number."""


class ModelDamagedError(NewstuiError):
    """The shipped model cannot be read; rules and lists go on without it."""


@dataclass(frozen=True)
class Model:
    """Hashes of features, the weights of each for every tag, and the weights of tags that follow each other.

    `keys` are sorted; `weights` has a row for each, and a last one of zeros for features that are not known.
    The weights are whole numbers, so that a sum of them is the same on every machine.
    """

    keys: Hashes
    weights: NDArray[np.int16]
    transitions: NDArray[np.int32]

    def score(self, features: Hashes) -> Scores:
        """The score of each tag for each token."""
        nothing = len(self.keys)
        scores = np.empty((len(features), len(TAGS)), np.float32)
        for first in range(0, len(features), CHUNK):
            part = features[first : first + CHUNK]
            places = self._slots[part & np.uint32((1 << SLOT_BITS) - 1)]
            places[self._keys[places] != part] = nothing
            scores[first : first + CHUNK] = self.weights[places].sum(axis=1, dtype=np.int16)
        return scores

    @cached_property
    def moves(self) -> Scores:
        """The weights of tags that follow each other, with those that must not."""
        return self.transitions.astype(np.float32) + allowed_transitions()

    @cached_property
    def _slots(self) -> NDArray[np.int32]:
        slots = np.full(1 << SLOT_BITS, len(self.keys), np.int32)
        slots[self.keys & np.uint32((1 << SLOT_BITS) - 1)] = np.arange(len(self.keys), dtype=np.int32)
        return slots

    @cached_property
    def _keys(self) -> Hashes:
        return np.append(self.keys, np.uint32(0))

    def save(self, file: IO[bytes], manifest: dict[str, Any]) -> None:
        """Write the model and what it was trained on, the same bytes for the same model."""
        import zipfile

        narrow = np.abs(self.weights).max(initial=0) < 128
        arrays = {
            "format": np.array([FORMAT]),
            "tags": np.array(TAGS),
            "steps": np.diff(self.keys, prepend=np.uint32(0)),  # of sorted keys; they pack better
            "weights": self.weights[:-1].astype(np.int8) if narrow else self.weights[:-1],
            "transitions": self.transitions,
            "manifest": np.array(json.dumps(manifest, indent=1, sort_keys=True)),
        }
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, array in arrays.items():
                entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w") as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)


def load_model(path: Any = None) -> Model:
    """The model that newstui ships, or one in another file.

    Raises:
        ModelDamagedError: it is missing, damaged, or of another format.
    """
    try:
        with _open(path) as handle, np.load(handle, allow_pickle=False) as stored:
            if int(stored["format"][0]) != FORMAT or tuple(stored["tags"]) != TAGS:
                raise ModelDamagedError("The model of names is of another version; names are found by rules alone.")
            keys = np.cumsum(stored["steps"], dtype=np.uint32)
            weights = np.zeros((len(keys) + 1, len(TAGS)), np.int16)
            weights[:-1] = stored["weights"]
            return Model(keys, weights, stored["transitions"])
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelDamagedError(
            f"The model of names cannot be read ({error}); names are found by rules alone."
        ) from error


def load_manifest() -> dict[str, Any]:
    """What the shipped model was trained on: files, licenses, credits, options."""
    with _open(None) as handle, np.load(handle, allow_pickle=False) as stored:
        manifest: dict[str, Any] = json.loads(str(stored["manifest"]))
        return manifest


def _open(path: Any) -> IO[bytes]:
    if path is not None:
        return open(path, "rb")  # noqa: PTH123  # the caller closes it
    return (files("newstui.entities") / "data" / "model.npz").open("rb")
