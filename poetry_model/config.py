"""What a network and its training are made of, as frozen dataclasses, and the presets.

Owns every hyperparameter. Knows nothing of how they are used.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from poetry_model.errors import BadRequest


@dataclass(frozen=True)
class NetworkConfig:
    """Sizes of a network.

    `feed` is "slots" (each step is told where it stands, what stands above it,
    the theme and the style) or "stream" (the tutorial's: the text alone, with
    its punctuation).
    """

    feed: str
    embedding_size: int
    hidden_size: int
    dropout: float
    above_size: int = 0  # width that each character above is projected to

    @property
    def shape(self) -> "NetworkConfig":
        """The config without what training alone needs: what weights must agree in."""
        return replace(self, dropout=0.0)

    def __post_init__(self) -> None:
        if self.feed not in ("slots", "stream"):
            raise ValueError(f"feed is {self.feed!r}, not slots or stream")
        if (self.feed == "slots") != (self.above_size > 0):
            raise ValueError("above_size belongs to the slots feed")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout {self.dropout} is not in [0, 1)")


@dataclass(frozen=True)
class TrainingConfig:
    """How a preset is trained.

    A batch holds `batch_poems` poems, or as many as make up `batch_characters`
    (exactly one of the two is set). The learning rate rises over
    `warmup_steps`, and from `decay_from` (a share of the time) falls in a straight
    line to nought at its end; a `decay_from` of 1 keeps it constant.
    """

    learning_rate: float
    batch_poems: int = 0
    batch_characters: int = 0
    weight_decay: float = 0.0
    warmup_steps: int = 0
    decay_from: float = 1.0
    gradient_clip: float = 0.0
    least_count: int = 8  # a character seen less often in training is unknown
    bfloat16: bool = False
    tang_weight: float = 1.0  # how often a Tang poem is drawn for one of Song
    old_style_weight: float = 1.0  # and how often 古体 of Song
    side_tasks: bool = False  # couplets and titles beside whole poems

    def __post_init__(self) -> None:
        if (self.batch_poems > 0) == (self.batch_characters > 0):
            raise ValueError("set one of batch_poems and batch_characters")
        if not 0 <= self.decay_from <= 1:
            raise ValueError("decay_from is a share of the training time")


@dataclass(frozen=True)
class Preset:
    """A named network with its training."""

    name: str
    network: NetworkConfig
    training: TrainingConfig


# The tutorial: Embedding(128), two LSTM(128) with dropout 0.5 returning sequences,
# a softmax at every step, Adam, cross-entropy, batches of 16.
SEED = Preset(
    "seed",
    NetworkConfig("stream", embedding_size=128, hidden_size=128, dropout=0.5),
    TrainingConfig(learning_rate=1e-3, batch_poems=16, decay_from=0.5, bfloat16=True),
)

SHIPPING = Preset(
    "poet",
    NetworkConfig("slots", embedding_size=256, hidden_size=512, dropout=0.05, above_size=128),
    TrainingConfig(
        learning_rate=2.5e-3,
        batch_characters=3072,
        weight_decay=0.01,
        warmup_steps=300,
        decay_from=0.1,
        gradient_clip=1.0,
        bfloat16=True,
        tang_weight=3.0,
        old_style_weight=0.5,
        side_tasks=True,
    ),
)

# For tests and for trying things out: a minute of training.
TINY = Preset(
    "tiny",
    NetworkConfig("slots", embedding_size=32, hidden_size=48, dropout=0.1, above_size=16),
    replace(SHIPPING.training, batch_characters=512, warmup_steps=10, bfloat16=False),
)

PRESETS = {preset.name: preset for preset in (SEED, SHIPPING, TINY)}


def find_preset(name: str, settings: Iterable[str] = ()) -> Preset:
    """The preset of this name, with settings such as `hidden_size=384` changed.

    Raises BadRequest naming the presets there are, or what can be set.
    """
    if name not in PRESETS:
        raise BadRequest("preset", "unknown_preset", f"--preset takes {', '.join(PRESETS)}")
    return functools.reduce(_changed, settings, PRESETS[name])


def _changed(preset: Preset, setting: str) -> Preset:
    name, _, value = setting.partition("=")
    for part in ("network", "training"):
        config = getattr(preset, part)
        kinds = {field.name: type(getattr(config, field.name)) for field in fields(config)}
        if kinds.get(name, str) is str:  # unknown, or the feed, which makes another network
            continue
        try:
            changed = replace(config, **{name: _PARSERS[kinds[name]](value)})
        except (ValueError, KeyError) as error:
            raise BadRequest("set", "bad_value", f"--set {name}: {error}") from error
        return replace(preset, **{part: changed})
    names = [f.name for kind in (NetworkConfig, TrainingConfig) for f in fields(kind)][1:]
    raise BadRequest("set", "unknown_setting", f"--set takes {', '.join(names)}")


_PARSERS: dict[type, Callable[[str], object]] = {
    int: int,
    float: float,
    bool: {"true": True, "false": False}.__getitem__,
}
