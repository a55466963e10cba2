"""The workers of a run. One is enough; with several, Ray Train has opened torch.distributed."""

import torch.distributed as dist


class Ranks:
    """How many workers there are, and which one this is. Number 0 speaks with the loop."""

    def __init__(self):
        together = dist.is_available() and dist.is_initialized()
        self.rank, self.count = (dist.get_rank(), dist.get_world_size()) if together else (0, 1)

    def share(self, value):
        """What number 0 has, on all."""
        if self.count == 1:
            return value
        box = [value]
        dist.broadcast_object_list(box, src=0)
        return box[0]

    def gather(self, values):
        """The lists of all, one after the other, on number 0."""
        if self.count == 1:
            return values
        boxes = [None] * self.count if self.rank == 0 else None
        dist.gather_object(values, boxes, dst=0)
        return [value for box in boxes for value in box] if self.rank == 0 else None

    def own(self, values):
        """This worker's part of a list that all have: every so many of it, so that long and short ones are spread."""
        return values[self.rank :: self.count]

    def interleave(self, gathered, total):
        """The list again, from what `own` made parts of."""
        out, at = [None] * total, 0
        for rank in range(self.count):
            part = range(rank, total, self.count)
            for i in part:
                out[i] = gathered[at]
                at += 1
        return out
