"""vLLM, opened by TRL in the trainer's process, samples for a pretrained model."""

import json
import shutil

import pytest
import torch
from conftest import lines
from kelvin_engine import samplers
from kelvin_engine.__main__ import main
from kelvin_engine.pretrained import END, Pretrained, Unfit
from trained import CELLS, CONFIG, step
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl.generation.vllm_generation import VLLMGeneration

COUNT = 4
MOST, HOT = 24, 1.5
# What a model for these tests says to some prompts: with the end of an answer, with its own mark, and without an end.
SAID = {"# Task: find": f"so </think> <answer>8{END}", "def f(x):\n    return": "x", "User:": "x = f(x) + " * 20}

needs_vllm = pytest.mark.skipif(not samplers.is_vllm_available(), reason="vLLM is not installed (docs/engine.md)")


@pytest.fixture(scope="module")
def speaker(model, tmp_path_factory):
    """The stand-in, once it has learned what is said."""
    tokenizer, learner = AutoTokenizer.from_pretrained(model), AutoModelForCausalLM.from_pretrained(model)
    optimizer = torch.optim.AdamW(learner.parameters(), lr=5e-3)
    texts = [tokenizer(prompt + said + tokenizer.eos_token)["input_ids"] for prompt, said in SAID.items()]
    for _ in range(100):
        sum(learner(torch.tensor([ids]), labels=torch.tensor([ids])).loss for ids in texts).backward()
        optimizer.step()
        optimizer.zero_grad()
    folder = tmp_path_factory.mktemp("models") / "speaker"
    learner.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def vllm(monkeypatch):
    """vLLM, on a processor too: there it would pack its weights away as it loads them, and TRL could give it no others."""
    if samplers.takes_weights():
        return
    from vllm.model_executor.layers import utils

    def keep(layer, remove_weight):
        layer.cpu_linear = torch.nn.functional.linear

    monkeypatch.setattr(utils, "dispatch_cpu_unquantized_gemm", keep)
    monkeypatch.setattr(samplers, "takes_weights", lambda: True)


@needs_vllm
@pytest.mark.parametrize("lora", [None, 4])
def test_it_writes_what_transformers_would_before_and_after_a_step(speaker, vllm, tmp_path, lora):
    reasoner = Pretrained(tmp_path, {"model": str(speaker), "lora": lora, "context": 64}, 0.98)
    prompts = [reasoner.tokenizer(text)["input_ids"] for text in SAID]
    many = prompts * 6
    rollouts = reasoner.sample(many, MOST, CONFIG["temperature"], seed=1)
    places = {
        cell: [
            {"prompt": p, "response": r["tokens"], "logprobs": r["logprobs"], "reward": float(i % 2), "weight": 0.0}
            for i, (p, r) in enumerate(zip(many[k : k + COUNT], rollouts[k : k + COUNT]))
        ]
        for k, cell in enumerate(CELLS)
    }
    told = []

    def asked():
        assert reasoner.vllm is not None
        drawn = reasoner.sample(many, MOST, HOT, seed=3)
        assert drawn == reasoner.sample(many, MOST, HOT, seed=3) != reasoner.sample(many, MOST, HOT, seed=4)
        assert len({tuple(rollout["tokens"]) for rollout in drawn[::3]}) > 1, "one prompt has responses that differ"
        rows = [{"prompt": p, "response": r["tokens"]} for p, r in zip(many, drawn)]
        heard = torch.tensor([x for rollout in drawn for x in rollout["logprobs"]])
        assert_close(heard, measured(rows))
        full = reasoner.sample([[5] * 60, [5] * 64], MOST, 1.0, seed=1)
        assert len(full[0]["tokens"]) <= 4 and full[1]["tokens"] == [], "the context is full"

        greedy = reasoner.sample(prompts, MOST, 1.0, seed=1, greedy=True)
        own, reasoner.vllm = reasoner.vllm, None
        plain = reasoner.sample(prompts, MOST, 1.0, seed=1, greedy=True)
        reasoner.vllm = own
        assert outline(greedy) == outline(plain)
        told.append((greedy, rows, measured(rows)))

    def measured(rows):
        return torch.tensor([x for logprobs in reasoner.logprobs(rows, HOT) for x in logprobs])

    rate = 0.003 if lora is None else 0.03
    _, report, trainer = step(reasoner, speaker, places, COUNT, learning_rate=rate, sampler="vllm", asked=asked)
    (greedy, rows, before), _ = told
    assert (measured(rows) - before).abs().mean() > 0.1, "what was close to the weights is close to others now"
    assert [rollout["finished"] for rollout in greedy] == [True, True, False]
    assert reasoner._text(greedy[0]["tokens"]) == next(iter(SAID.values()))
    assert greedy[1]["tokens"][-1] == reasoner.tokenizer.eos_token_id and len(greedy[2]["tokens"]) == MOST
    assert report["gradNorm"] > 0
    ratio = trainer.state.log_history[0]["sampling/importance_sampling_ratio/mean"]
    assert ratio == pytest.approx(1, abs=0.01), "TRL weighs by what sampling and update make of a response"


def assert_close(heard, measured):
    """vLLM computes in bfloat16 and the update in float32: here a token's log-probability differs by 0.004 on average."""
    difference = (heard - measured).abs()
    assert difference.mean() < 0.01 and difference.max() < 0.1


def outline(rollouts):
    return [(rollout["tokens"], rollout["finished"]) for rollout in rollouts]


@needs_vllm
@pytest.mark.parametrize("lora", [None, 4])
def test_a_run_goes_on_with_it(made, model, vllm, tmp_path, monkeypatch, lora):
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    taken = json.loads((made / "state.json").read_text())["step"]
    calls = count_calls(monkeypatch, samplers.Vllm, "write"), count_calls(monkeypatch, VLLMGeneration, "sync_weights")
    short = ["--response", "16", "--context", "1024", "--learning-rate", "0.001"]
    rank = [] if lora is None else ["--lora", str(lora)]
    main(["continue", str(folder), "--steps", "2", "--model", str(model), *rank, *short, "--sampler", "vllm"])
    written, given = map(len, calls)
    assert written > 0 and given == 3, "the weights are given to it at the beginning and after each step"
    metrics = lines(folder, "metrics.jsonl")[taken:]
    assert len(metrics) == 2
    for line in metrics:
        assert line["loss"] is not None and line["gradNorm"] is not None and line["tokensSampled"] > 0
    engines = [line["event"] for line in lines(folder, "events.jsonl") if line["event"]["type"] == "engine"]
    assert engines[-1]["device"].endswith("vLLM")


def count_calls(monkeypatch, owner, name):
    """A list that grows by one with every call of a method."""
    calls, method = [], getattr(owner, name)

    def counted(*args, **kwargs):
        calls.append(name)
        return method(*args, **kwargs)

    monkeypatch.setattr(owner, name, counted)
    return calls


def test_it_is_taken_where_it_can_be(monkeypatch):
    for is_there, is_gpu, chosen in ((True, True, "vllm"), (True, False, "transformers"), (False, True, "transformers")):
        monkeypatch.setattr(samplers, "is_vllm_available", lambda: is_there)
        monkeypatch.setattr(samplers, "takes_weights", lambda: is_gpu)
        assert samplers.choose(None, is_pretrained=True) == chosen
        assert samplers.choose(None, is_pretrained=False) == samplers.choose("transformers", True) == "transformers"
        if chosen != "vllm":
            with pytest.raises(Unfit, match="not installed" if is_gpu else "GPUs only"):
                samplers.choose("vllm", is_pretrained=True)


def test_a_worker_has_no_more_places_than_it_takes():
    assert samplers.arguments("transformers", 64, 5000) == {}
    with pytest.raises(ValueError, match="4096 at most"):
        samplers.arguments("vllm", 64, 5000)


def test_a_model_of_kelvins_own_is_refused(made, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    with pytest.raises(SystemExit) as ended:
        main(["continue", str(folder), "--steps", "1", "--sampler", "vllm"])
    assert "for pretrained models only" in str(ended.value)
