"""python3 -m unittest discover -s bridge/tests (needs PyTorch; under a minute)."""

import os
import sys
import tempfile
import unittest

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

import examples
from config import Config
from measure import synthetic
from optimizer import orthogonalize
from parallel import Pool
from reasoner import Reasoner, parameter_count
from safetensors_io import read_safetensors, write_safetensors
from train import parse
from trainer import Trainer

TINY = Config(vocabulary=40, layers=2, width=32, heads=2, feed_forward=88, context=128)


def write_shard(path, made):
    with open(path, "wb") as file:
        for e in made:
            head = [e.prompt, len(e.tokens) - e.prompt, round(e.first_weight * 1000)]
            np.concatenate([head, e.tokens]).astype("<u2").tofile(file)


def write_data(folder, made):
    os.makedirs(folder)
    half = len(made) // 2
    write_shard(os.path.join(folder, "train-00000.bin"), made[:half])
    write_shard(os.path.join(folder, "train-00001.bin"), made[half:])
    open(os.path.join(folder, "DONE"), "w").close()


def options(*arguments):
    plain = ["--processes", "1", "--no-compile", "--precision", "float32"]
    parsed = parse(["--data", "unused", "--out", "unused", *plain, *arguments])
    parsed.tokens = parsed.tokens or 1e9
    return parsed


class Checkpoints(unittest.TestCase):
    def test_come_back_as_written(self):
        reasoner = Reasoner(TINY).initialize(1)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.safetensors")
            reasoner.save(path, "F32", {"seed": "1"})
            self.assertTrue(torch.equal(Reasoner(TINY).load(path).flat, reasoner.flat))
            write_safetensors(path, {"a": np.array([[1.0, 0.1]])}, "F16")
            np.testing.assert_array_equal(read_safetensors(path)["a"], np.float32([[1, np.float16(0.1)]]))
            TINY.write(os.path.join(folder, "config.json"))
            self.assertEqual(Config.read(os.path.join(folder, "config.json")), TINY)


class Data(unittest.TestCase):
    def test_every_example_comes_once(self):
        made = synthetic(40, 300, 1)
        with tempfile.TemporaryDirectory() as root:
            folder = os.path.join(root, "data")
            write_data(folder, made)
            read = list(examples.stream(folder, 1000))
            self.assertEqual([e.tokens.tolist() for e in read], [e.tokens.tolist() for e in made])
            short = [e for e in made if len(e.tokens) <= 60]
            self.assertEqual(len(list(examples.stream(folder, 60))), len(short))
        batches = list(examples.batches(iter(made), 64, 3))
        self.assertEqual(sorted(len(b) for b in batches), [44, 64, 64, 64, 64])
        self.assertEqual({id(e) for b in batches for e in b}, {id(e) for e in made})

    def test_microbatches_weigh_the_response_only(self):
        batch = synthetic(40, 64, 2)
        total = sum(float(weights.sum()) for *_, weights in examples.microbatches(batch))
        expected = sum(len(e.tokens) - e.prompt - 1 + e.first_weight for e in batch) / (64 * examples.LOSS_TOKENS)
        self.assertAlmostEqual(total, expected, places=5)
        for tokens, rows, targets, weights in examples.microbatches(batch):
            real = weights > 0
            self.assertTrue(torch.equal(tokens.flatten()[rows[real] + 1], targets[real]))


class Decoder(unittest.TestCase):
    def test_padding_changes_nothing_and_rows_select(self):
        reasoner = Reasoner(TINY).initialize(1)
        reasoner.flat.mul_(5)
        tokens = torch.randint(0, 40, (3, 17), generator=torch.Generator().manual_seed(1))
        padded = torch.nn.functional.pad(tokens, (0, 6))
        full = reasoner.logits(padded).view(3, 23, 40)
        torch.testing.assert_close(full[:, :17], reasoner.logits(tokens).view(3, 17, 40), atol=1e-5, rtol=0)
        rows = torch.tensor([4, 23 + 16])
        torch.testing.assert_close(reasoner.logits(padded, rows), full[[0, 1], [4, 16]], atol=1e-5, rtol=0)

    def test_two_processes_add_up_to_one(self):
        micros = examples.microbatches(synthetic(40, 64, 3))
        results = []
        for processes in (1, 2):
            pool = Pool(TINY, processes, "float32", compiled=False)
            Reasoner(TINY, pool.flat).initialize(1)
            results.append(pool.step(micros))
            pool.close()
        self.assertAlmostEqual(results[0][0], results[1][0], places=4)
        torch.testing.assert_close(results[0][1], results[1][1], atol=1e-6, rtol=1e-4)


class Training(unittest.TestCase):
    def test_both_optimizers_overfit_50_sequences(self):
        made = synthetic(40, 50, 4)
        for e in made:
            e.first_weight = 1.0
        for optimizer in ("adamw", "muon"):
            trainer = Trainer(TINY, options("--optimizer", optimizer, "--rate", "8e-3"))
            losses = [trainer.train_batch(made)[0] for _ in range(300)]
            # With 40 random tokens the loss begins near ln 40 per token and can only fall by memory.
            self.assertLess(losses[-1], 0.1 * losses[0], optimizer)

    def test_resuming_goes_on_as_if_nothing_had_happened(self):
        with tempfile.TemporaryDirectory() as root:
            data = os.path.join(root, "data")
            write_data(data, synthetic(40, 640, 5))

            def run(out, updates, *more):
                args = ("--data", data, "--out", os.path.join(root, out), "--updates", updates, *more)
                trainer = Trainer(TINY, options(*args))
                trainer.train()
                return trainer.pool.flat

            whole = run("whole", "6", "--resume")  # nothing to resume yet: starts
            run("parts", "3")
            self.assertTrue(torch.equal(run("parts", "6", "--resume"), whole))
            self.assertTrue(torch.equal(run("parts", "6", "--resume"), whole))  # finished: stays

    def test_muon_update_is_orthogonal(self):
        stack = torch.randn(2, 24, 16, generator=torch.Generator().manual_seed(1))
        values = torch.linalg.svdvals(orthogonalize(stack))
        self.assertTrue(((values > 0.5) & (values < 1.5)).all())

    def test_norms_lie_last(self):
        matrices, norms = parameter_count(TINY)
        flat = Reasoner(TINY).initialize(1).flat
        self.assertTrue((flat[matrices:] == 1).all())
        self.assertEqual(norms, 5 * 32)


if __name__ == "__main__":
    unittest.main()
