"""Which `config.json` can be read, and what is said of the others: the same cases as `src/reasoner/config.test.ts`."""

import json
import os
import sys
import tempfile
import unittest

BRIDGE = os.path.join(os.path.dirname(__file__), "..")
sys.path.insert(0, BRIDGE)

from config import Config

with open(os.path.join(BRIDGE, "..", "src", "reasoner", "fixtures", "configs.json")) as file:
    CASES = json.load(file)


def changed(case):
    """The case's fields: its form with some fields set and some left out."""
    fields = {**CASES["forms"][case["form"]], **case.get("set", {})}
    return {name: value for name, value in fields.items() if name not in case.get("without", ())}


class Configs(unittest.TestCase):
    def test_every_form_is_read(self):
        for name, fields in CASES["forms"].items():
            with self.subTest(name):
                self.assertEqual(Config.parse(fields), Config(288, 2, 32, 2, 88, 192, 20000, 1e-5))

    def test_what_is_refused_is_named(self):
        for case in CASES["refused"]:
            with self.subTest(case["says"]), self.assertRaises(ValueError) as raised:
                Config.parse(changed(case))
            self.assertIn(case["says"], str(raised.exception))

    def test_a_tied_head_is_refused(self):
        with self.assertRaisesRegex(ValueError, "tie_word_embeddings true is not supported"):
            Config.parse({**CASES["forms"]["transformers 5"], "tie_word_embeddings": True})

    def test_both_forms_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "config.json")
            for config in (Config(288, 2, 32, 2, 88, 192), Config(387, 6, 192, 6, 512, 512)):
                config.write(path)
                self.assertEqual(Config.read(path), config)
                with open(path) as file:
                    fields = json.load(file)
                for removed in (("rope_theta", "torch_dtype"), ("rope_parameters", "dtype")):
                    rest = {name: value for name, value in fields.items() if name not in removed}
                    self.assertEqual(Config.parse(rest), config)


if __name__ == "__main__":
    unittest.main()
