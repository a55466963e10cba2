"""Reads the engine's files with transformers, as anybody would, and writes them back (scripts/parity drives it).

    python3 bridge/hugging_face.py FOLDER OUT

FOLDER is what `compare.py check` reads, with tokenizer.json, tokenizer_config.json and texts.json: a list of {text, ids}.
OUT gets the model as transformers saves it, and logprobs.json, for the engine to check.
"""

import json
import os
import shutil
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

TOLERANCE = 1e-4


def logprobs(model, sequence):
    """log π of every response token."""
    prompt, response = sequence["prompt"], sequence["response"]
    with torch.no_grad():
        logits = model(torch.tensor([prompt + response])).logits[0]
    table = logits[len(prompt) - 1 : -1].log_softmax(-1)
    return table[torch.arange(len(response)), torch.tensor(response)].tolist()


def read(folder, name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def main():
    folder, out = sys.argv[1:]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = read(folder, "texts.json")
    for row in texts:
        ids = tokenizer.encode(row["text"], add_special_tokens=False)
        if ids != row["ids"]:
            sys.exit(f"transformers encodes {row['text']!r} as {ids}, the engine as {row['ids']}")
        if tokenizer.decode(ids) != row["text"]:
            sys.exit(f"transformers decodes {row['text']!r} as {tokenizer.decode(ids)!r}")
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    asked = read(folder, "logprobs.json")
    worst = max(abs(a - b) for s in asked for a, b in zip(s["logprobs"], logprobs(model, s), strict=True))
    print(f"engine → transformers: {len(asked)} sequences, largest difference {worst:.1e}; {len(texts)} texts alike")
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)
    shutil.copy(os.path.join(folder, "logprobs.json"), out)
    if worst > TOLERANCE:
        sys.exit(1)


if __name__ == "__main__":
    main()
