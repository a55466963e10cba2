import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Config } from '../../src/config/hyperparameters.ts';
import { configOf, experimentNamed } from '../../src/experiments/definitions.ts';
import { createNodeSandbox } from '../../src/sandbox/node.ts';
import { baseOf } from './bases.ts';
import { CI } from './ci.ts';
import { type Job, performJob } from './job.ts';
import { finishedRuns, readRecord } from './store.ts';
import { stepsKept } from './unfinished.ts';

/** No process has it: numbers end before. */
const DEAD = '4194304999';

test('a run whose process is gone goes on where it was kept, and becomes the run that it would have been', async () => {
  const arm = experimentNamed('main')?.arms[0];
  if (!arm) throw new Error('There is no arm.');
  // Two steps more than are kept.
  const changes: Partial<Config> = { ...CI.changes, warmUpUpdates: 30, evaluateEvery: 12 };
  const config = configOf(arm, { ...changes, size: 'pico', level: 1, seed: 1, steps: 12 });
  const sandbox = await createNodeSandbox({ workers: 1 });
  const jobIn = (): Job => ({
    kind: 'run',
    label: 'a run',
    config,
    tasks: 1,
    device: 'wasm',
    out: mkdtempSync(join(tmpdir(), 'kelvin-')),
  });
  const whole = jobIn();
  await performJob(whole, sandbox, () => {});

  const job = jobIn();
  const spec = { config, base: baseOf(config, job.out).id };
  const dies = performJob(job, sandbox, (_, doing) => {
    if (doing === 'step 11/12') throw new Error('dies');
  });
  await expect(dies).rejects.toThrow('dies');
  expect(stepsKept(job.out, spec), 'of a process that lives').toBe(0);
  for (const name of readdirSync(job.out)) {
    if (name.includes('.partial.')) {
      renameSync(join(job.out, name), join(job.out, name.replace(/\d+$/, DEAD)));
    }
  }
  expect(stepsKept(job.out, spec)).toBe(10);
  const told: string[] = [];
  await performJob(job, sandbox, (_, doing) => told.push(doing));
  sandbox.close();
  expect(told.slice(0, 3)).toEqual(['on from step 10', 'step 11/12', 'step 12/12']);

  const [once] = finishedRuns(whole.out);
  const [twice] = finishedRuns(job.out);
  if (!once || !twice) throw new Error('A run is missing.');
  const told1 = readRecord(once);
  const told2 = readRecord(twice);
  const timeless = ({ curve }: typeof told1) => curve.map(({ seconds: _, ...point }) => point);
  expect(timeless(told2)).toEqual(timeless(told1));
  expect([told2.detections, told2.examples, twice.steps]).toEqual([
    told1.detections,
    told1.examples,
    once.steps,
  ]);
  const weights = (folder: string) => readFileSync(join(folder, 'model.safetensors'));
  expect(weights(twice.folder).equals(weights(once.folder))).toBe(true);
  expect(existsSync(join(twice.folder, 'kept.json'))).toBe(false);
}, 300_000);
