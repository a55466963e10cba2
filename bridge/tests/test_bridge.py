"""python3 -m unittest discover -s bridge/tests (needs PyTorch; under a minute)."""

import os
import sys
import tempfile
import unittest

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from config import Config
from reasoner import Reasoner
from safetensors_io import read_safetensors, write_safetensors

TINY = Config(vocabulary=40, layers=2, width=32, heads=2, feed_forward=88, context=128)


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


if __name__ == "__main__":
    unittest.main()
