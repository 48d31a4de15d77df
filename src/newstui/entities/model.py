"""The trained model: a linear score of every tag for every token, from hashed features."""

from __future__ import annotations

import json
from collections.abc import Sequence
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

FORMAT = 4
SLOT_BITS = 21
"""A feature is looked up by the first so many bits of its hash; of two that share them a model has one."""
_SHIFT, _BLOCK = np.uint32(32 - SLOT_BITS), np.uint32(8)
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
    weights: NDArray[np.int8] | NDArray[np.int16]
    transitions: NDArray[np.int32]

    def score(self, features: Sequence[Hashes]) -> Scores:
        """The score of each tag for each token, from arrays of a feature of all tokens each."""
        scores = np.zeros((len(features[0]), len(TAGS)), np.int16)
        for hashes in features:
            scores += self.weights[self._places(hashes)]
        return scores.astype(np.float32)

    def _places(self, hashes: Hashes) -> NDArray[np.int32]:
        """The row of each feature: where those of its block begin, and how far from there it is."""
        firsts, steps = self._slots
        slots = hashes >> _SHIFT
        places: NDArray[np.int32] = firsts[slots >> _BLOCK] + steps[slots]
        places[self._keys[places] != hashes] = len(self.keys)
        return places

    @cached_property
    def moves(self) -> Scores:
        """The weights of tags that follow each other, with those that must not."""
        return self.transitions.astype(np.float32) + allowed_transitions()

    @cached_property
    def _slots(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Of each block of slots the first row, and of each slot the steps from there: a quarter of whole numbers."""
        slots = self.keys >> _SHIFT
        blocks = np.arange(1 << (SLOT_BITS - int(_BLOCK)))
        firsts = np.searchsorted(slots >> _BLOCK, blocks).astype(np.int32)
        steps = np.zeros(1 << SLOT_BITS, np.uint8)
        steps[slots] = np.arange(len(slots)) - firsts[slots >> _BLOCK]
        return firsts, steps

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
            "weights": self.weights.astype(np.int8) if narrow else self.weights,
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
            keys, weights = np.cumsum(stored["steps"], dtype=np.uint32), stored["weights"]
            if weights.shape != (len(keys) + 1, len(TAGS)) or weights[-1].any():
                raise ValueError("its weights are not those of its features")
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
