/**
 * The page's own answers, for the tests of engine/: one JSON object comes in, one goes out.
 *
 *     {"advantages": {"rewards": [[…], …], "baseline": "trr++"}}        what src/selfplay/advantage.ts makes of them
 *     {"tokenizer": "FOLDER"}                                           tokenizer.json and its configuration, into the folder
 *     {"judge": {"requests": […], "line": …, "name": …, "python": …, "options": {…}}}      verdicts, and the pool's statistics
 *     {"folder": …, "sequences": […], "update": {…}, "sample": {…}}     what the page's engine does on the weights there
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgeName, openJudges } from '../../scripts/common/judges.ts';
import { tokenizerConfig, tokenizerJson } from '../../src/language/huggingFace.ts';
import { fromHuggingFaceConfig } from '../../src/reasoner/config.ts';
import { createReasoner } from '../../src/reasoner/engine.ts';
import type { SampleOptions, TrainingSequence, UpdateOptions } from '../../src/reasoner/reasoner.ts';
import type { PoolOptions } from '../../src/sandbox/pool.ts';
import type { RunRequest } from '../../src/sandbox/sandbox.ts';
import { advantages } from '../../src/selfplay/advantage.ts';

interface Asked {
  judge?: {
    requests: RunRequest[];
    line: string;
    name: JudgeName;
    python: string;
    options: Partial<PoolOptions>;
  };
  advantages?: { rewards: number[][]; baseline: 'trr++' | 'per-task' };
  tokenizer?: string;
  folder: string;
  sequences: TrainingSequence[];
  update: UpdateOptions;
  sample: SampleOptions;
}

const asked = JSON.parse(readFileSync(0, 'utf8')) as Asked;
if (asked.advantages) await say(advantages(asked.advantages.rewards, asked.advantages.baseline));
else if (asked.tokenizer) await writeTokenizer(asked.tokenizer);
else if (asked.judge) await judge(asked.judge);
else await answer(asked);
// The engine's threads would keep the process alive.
process.exit();

function writeTokenizer(folder: string): Promise<void> {
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizerJson()));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig(256)));
  return say(null);
}

async function judge({ requests, line, name, python, options }: NonNullable<Asked['judge']>): Promise<void> {
  const sandbox = await openJudges(name, python, options, line);
  const results = await sandbox.run(requests);
  await say({ outcomes: results.map(({ outcomes }) => outcomes), stats: sandbox.stats() });
  sandbox.close();
}

async function answer({ folder, sequences, update, sample }: Asked): Promise<void> {
  const config = fromHuggingFaceConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  const reasoner = await createReasoner({ config, device: 'wasm', seed: 1, threads: 1 });
  await reasoner.load(new Uint8Array(readFileSync(join(folder, 'model.safetensors'))));
  reasoner.freezeBase();
  const logprobs = await reasoner.logprobs(sequences, update.temperature);
  const sampled = await reasoner.sample(
    sequences.map(({ prompt }) => prompt),
    sample,
  );
  const report = await reasoner.update(sequences, update);
  const kl = await reasoner.klToBase(sequences, update.temperature);
  const pack = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  await say({
    logprobs,
    sampled,
    report,
    kl,
    weights: pack(await reasoner.save()),
    optimizer: pack(await reasoner.saveOptimizer()),
  });
}

/** Resolves when all of it is written: a pipe takes long texts bit by bit. */
function say(value: unknown): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(JSON.stringify(value), () => resolve());
  });
}
