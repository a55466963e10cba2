"""A pretrained model takes a run of the page over: a stand-in of the shape of Qwen2, with random weights."""

import json
import shutil

import pytest
import torch
from conftest import lines
from kelvin_engine.__main__ import main
from kelvin_engine.pretrained import END, Pretrained, Unfit
from trained import CELLS, step

COUNT = 4


def pretrained(run, model, lora=None, context=64):
    return Pretrained(run, {"model": str(model), "lora": lora, "context": context}, 0.98)


def prompts_of(reasoner):
    return [reasoner.tokenizer(text)["input_ids"] for text in ("# Task: find", "def f(x):\n    return", "User:")]


def weights_of(reasoner):
    return {name: p.detach().clone() for name, p in reasoner.model.named_parameters()}


def test_sampling_is_the_policy_and_nothing_else(model, tmp_path):
    reasoner = pretrained(tmp_path, model)
    prompts = prompts_of(reasoner)
    first = reasoner.sample(prompts, 12, 0.7, seed=3)
    assert first == reasoner.sample(prompts, 12, 0.7, seed=3) != reasoner.sample(prompts, 12, 0.7, seed=4)
    rows = [{"prompt": p, "response": r["tokens"]} for p, r in zip(prompts, first)]
    # Neither the top-p of the model's makers nor their penalty for repetition is in it.
    for sampled, told in zip(first, reasoner.logprobs(rows, 0.7)):
        assert len(sampled["tokens"]) == len(sampled["logprobs"])
        torch.testing.assert_close(torch.tensor(sampled["logprobs"]), torch.tensor(told), atol=1e-4, rtol=0)
    long = reasoner.sample([[5] * 60], 12, 1.0, seed=1)[0]
    assert len(long["tokens"]) <= 4, "the context is full"
    assert reasoner.kl_to_base(rows, 1.0) == pytest.approx(0, abs=1e-6)


def test_a_response_ends_with_its_answer_or_with_the_mark(model, tmp_path):
    reasoner = pretrained(tmp_path, model)
    said = reasoner.tokenizer(f"so </think> <answer>8{END}")["input_ids"]
    mark = reasoner.tokenizer.eos_token_id
    assert reasoner._end([*said, mark, mark]) == len(said), "behind it there is padding"
    assert reasoner._end([*said[:-1], mark, *said]) == len(said)
    assert reasoner._end(said[:-3]) is None


@pytest.mark.parametrize("lora", [None, 4])
def test_a_step_moves_what_is_trained_and_is_kept(model, tmp_path, lora):
    reasoner = pretrained(tmp_path, model, lora)
    before = weights_of(reasoner)
    prompts = prompts_of(reasoner)
    rollouts = reasoner.sample(prompts * 4, 8, 1.0, seed=1)
    places = {
        cell: [
            {"prompt": prompt, "response": rollout["tokens"], "reward": float(i % 2), "weight": 0.0}
            for i, (prompt, rollout) in enumerate(zip(prompts * 4, rollouts[:COUNT]))
        ]
        for cell in CELLS
    }
    _, report, _ = step(reasoner, model, places, COUNT)
    assert report["gradNorm"] > 0 and report["entropy"] > 0
    after = weights_of(reasoner)
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert moved and all(("lora" in name) == (lora is not None) for name in moved)
    rows = [{"prompt": p, "response": r["tokens"]} for p, r in zip(prompts, rollouts)]
    drift = reasoner.kl_to_base(rows, 1.0)
    assert drift > 0, "the base stays what it was"

    reasoner.save()
    again = pretrained(tmp_path, model, lora)
    assert again.kl_to_base(rows, 1.0) == pytest.approx(drift, rel=1e-3)
    for p, q in zip(reasoner.model.parameters(), again.model.parameters()):
        for moment in ("exp_avg", "exp_avg_sq"):
            if moment in reasoner.optimizer.state.get(p, {}):
                assert torch.equal(reasoner.optimizer.state[p][moment], again.optimizer.state[q][moment])


def test_a_model_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Unfit, match="nowhere cannot be loaded"):
        pretrained(tmp_path, tmp_path / "nowhere")


def test_it_takes_the_run_over_and_goes_on(made, model, tmp_path, capfd):
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    taken = json.loads((made / "state.json").read_text())["step"]
    short = ["--response", "16", "--context", "1024", "--learning-rate", "0.001"]
    main(["continue", str(folder), "--steps", "1", "--model", str(model), "--lora", "4", *short])
    assert "0 dropped" in capfd.readouterr().out
    header = json.loads((folder / "kelvin.json").read_text())
    assert header["config"]["maxSolveTokens"] == json.loads((made / "kelvin.json").read_text())["config"]["maxSolveTokens"]
    assert header["pretrained"] == {
        **{"model": str(model), "lora": 4, "context": 1024, "response": 16},
        **{"learningRate": 0.001, "since": taken},
    }
    adapter = (folder / "pretrained" / "adapter_model.safetensors").read_bytes()
    assert (folder / "model.safetensors").read_bytes() == (made / "model.safetensors").read_bytes()

    main(["continue", str(folder), "--steps", "1"])
    assert json.loads((folder / "state.json").read_text())["step"] == taken + 2
    assert (folder / "pretrained" / "adapter_model.safetensors").read_bytes() != adapter
    metrics = lines(folder, "metrics.jsonl")
    assert metrics[:taken] == lines(made, "metrics.jsonl"), "what the page wrote stays"
    for line in metrics[taken:]:
        assert line["loss"] is not None and line["gradNorm"] is not None and line["bufferSize"] > 0
        assert set(line["rejections"]) <= {"unfinished", "format"}, "a random model writes no program"
    answers = [line["response"] for line in lines(folder, "attempts.jsonl") if line["step"] > taken]
    assert answers and all(text.startswith("<think>") for text in answers)
    events = [line["event"] for line in lines(folder, "events.jsonl")]
    bases = [event["name"] for event in events if event["type"] == "base"]
    assert bases[0] == "nano" and set(bases[1:]) == {"stand-in"}
    engines = [event for event in events if event["type"] == "engine"]
    assert engines[-1]["parameters"] != engines[0]["parameters"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--lora", "4"], "--model is missing"),
        (["--model", "MODEL", "--context", "64"], "is too short for both"),
        (["--model", "/nowhere/at-all"], "/nowhere/at-all cannot be loaded"),
    ],
)
def test_what_cannot_be_is_said(made, model, tmp_path, capfd, flags, said):
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    with pytest.raises(SystemExit) as ended:
        main(["continue", str(folder), *[str(model) if flag == "MODEL" else flag for flag in flags]])
    assert said in f"{capfd.readouterr().err}{ended.value}"
