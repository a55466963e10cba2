/** That a run is the same, to the last digit, whatever the number of threads it is computed on. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scaled } from '../../test/scale.ts';
import { presetConfig } from '../config/presets.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { spawnInline } from '../reasoner/pool/inline.ts';
import { spawnNodeThread } from '../reasoner/pool/node.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import { Watch } from '../watch/watch.ts';
import { play } from './play.ts';

const STEPS = scaled(5, 2);

test(`${STEPS} steps write the same metrics.jsonl on 1, 2 and 3 threads`, async () => {
  const config = {
    ...presetConfig('demo-nano'),
    steps: STEPS,
    proposalsPerKind: 6,
    bufferTasksPerKind: 4,
    seedingTarget: 12,
    evaluateEvery: STEPS,
    evaluationTasks: 4,
    evaluationTiers: 2,
  };
  const weights = new Uint8Array(readFileSync('public/bases/nano/model.safetensors'));
  const sandbox = await createNodeSandbox();
  const linesOn = async (threads: number, spawn = spawnNodeThread) => {
    const seed = config.seed;
    const reasoner = await createReasoner({ config: SIZES.nano, device: 'wasm', seed, threads, spawn });
    await reasoner.load(weights);
    const watch = new Watch(config);
    const lines: string[] = [];
    for await (const record of play({ reasoner, sandbox, config, listener: () => {} })) {
      lines.push(JSON.stringify(metricsLine(watch.measure(record))));
    }
    reasoner.dispose();
    return lines;
  };
  const alone = await linesOn(1, spawnInline);
  expect(alone).toHaveLength(STEPS);
  for (const threads of [1, 2, 3]) expect(await linesOn(threads)).toEqual(alone);
  sandbox.close();
});
