"""Gradients of a batch on several processes of one thread each.

The weights and every process's gradient lie in shared memory; the processes take micro-batches from a common
counter, so that one slowed down by its neighbours on the machine does less. One meeting a step costs far
less than the hundreds of a thread pool that splits every product.
"""

import functools

import torch
import torch.multiprocessing as multiprocessing

from reasoner import Reasoner, parameter_count, weighted_loss


@functools.cache
def fast_precision():
    """bfloat16 where the processor multiplies it in hardware (AMX, AVX-512 BF16); elsewhere it is emulated, at a
    tenth of the speed of float32."""
    supported = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return "bfloat16" if any(getattr(torch.cpu, name, bool)() for name in supported) else "float32"


def prepare(precision, compiled):
    """The loss as a function of (weights, config, cos, sin, tokens, rows, targets, weights)."""
    function = functools.partial(weighted_loss, precision=getattr(torch, precision))
    return torch.compile(function, dynamic=True) if compiled else function


class Worker:
    """Accumulates gradients of micro-batches into its own flat vector."""

    def __init__(self, config, flat, gradient, counter, precision, compiled):
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        self.reasoner = Reasoner(config, flat, gradient)
        self.gradient, self.counter = gradient, counter
        self.function = prepare(precision, compiled)

    def work(self, micros):
        """Takes micro-batches until none is left; returns the sum of its losses."""
        self.gradient.zero_()
        loss = 0.0
        reasoner = self.reasoner
        while True:
            with self.counter.get_lock():
                index = self.counter.value
                self.counter.value += 1
            if index >= len(micros):
                return loss
            value = self.function(reasoner.weights, reasoner.config, reasoner.cos, reasoner.sin, *micros[index])
            value.backward()
            loss += value.item()


def serve(pipe, *arguments):
    worker = Worker(*arguments)
    while (micros := pipe.recv()) is not None:
        # Arrays travel as numpy: torch would open a shared file for each.
        pipe.send(worker.work([[torch.from_numpy(array) for array in micro] for micro in micros]))


class Pool:
    """`processes` workers, the first of them in this process. `flat` is shared: change it between steps."""

    def __init__(self, config, processes, precision, compiled=True):
        size = sum(parameter_count(config))
        self.flat = torch.zeros(size).share_memory_()
        gradients = torch.zeros(processes, size).share_memory_()
        self.gradients = gradients
        context = multiprocessing.get_context("spawn")
        self.counter = context.Value("i", 0)
        self.pipes, self.processes = [], []
        common = (self.counter, precision, compiled)
        for i in range(1, processes):
            pipe, theirs = context.Pipe()
            process = context.Process(
                target=serve, args=(theirs, config, self.flat, gradients[i], *common), daemon=True
            )
            process.start()
            theirs.close()  # so that a dead worker is an EOFError here, not a silence
            self.pipes.append(pipe)
            self.processes.append(process)
        self.own = Worker(config, self.flat, gradients[0], *common)

    def step(self, micros):
        """(loss, flat gradient) of a batch given as micro-batches."""
        self.counter.value = 0
        arrays = [[tensor.numpy() for tensor in micro] for micro in micros] if self.pipes else []
        for pipe in self.pipes:
            pipe.send(arrays)
        loss = self.own.work(micros) + sum(pipe.recv() for pipe in self.pipes)
        return loss, self.gradients.sum(0)

    def close(self):
        for pipe, process in zip(self.pipes, self.processes):
            pipe.send(None)
            process.join()
