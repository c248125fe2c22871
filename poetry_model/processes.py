"""One training run by several processes, as PyTorch's `torchrun` starts them.

Owns joining the others, sharing out the batches and agreeing on the time. Knows
nothing of networks or poems. Alone, every method does nothing.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from poetry_model.errors import BadRequest

Item = TypeVar("Item")


@dataclass(frozen=True)
class Crew:
    """The processes of a run; `rank` is this one's number among `size`."""

    rank: int = 0
    size: int = 1

    @classmethod
    def join(cls, device: torch.device) -> "Crew":
        """Meets the other processes; raises BadRequest outside `torchrun`."""
        if "WORLD_SIZE" not in os.environ:
            message = "--distributed: start it with torchrun --nproc-per-node N -m poetry_model …"
            raise BadRequest("distributed", "no_torchrun", message)
        if device.type == "cuda":
            torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return cls(distributed.get_rank(), distributed.get_world_size())

    @property
    def leads(self) -> bool:
        """Whether this process measures, saves and speaks."""
        return self.rank == 0

    def wrap(self, module: nn.Module) -> nn.Module:
        """The module with its gradients averaged over the processes."""
        return DistributedDataParallel(module) if self.size > 1 else module

    def share(self, items: Sequence[Item]) -> Iterator[Item]:
        """This process' part: every `size`-th item, as many as all of them get."""
        rounds = len(items) // self.size
        return (items[round_ * self.size + self.rank] for round_ in range(rounds))

    def agree(self, seconds: float, characters: int, device: torch.device) -> tuple[float, int]:
        """The leader's seconds, and the characters of all."""
        if self.size == 1:
            return seconds, characters
        told = torch.tensor(
            [seconds if self.leads else 0.0, characters], dtype=torch.float64, device=device
        )
        distributed.all_reduce(told)
        return float(told[0]), int(told[1])

    def leave(self) -> None:
        if self.size > 1:
            distributed.destroy_process_group()


ALONE = Crew()
