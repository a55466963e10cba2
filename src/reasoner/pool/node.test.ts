import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Samples from one engine, which nobody disposes of, and says how many tokens it got. */
const PROGRAM = `
import { createReasoner } from './src/reasoner/engine.ts';
import { spawnNodeThread } from './src/reasoner/pool/node.ts';
import { SIZES } from './src/reasoner/config.ts';

const options = { config: SIZES.pico, device: 'wasm', seed: 1, threads: 2, spawn: spawnNodeThread };
const reasoner = await createReasoner(options);
const rollouts = await reasoner.sample([[1], [2, 3]], { maxNewTokens: 3, temperature: 1, seed: 1 });
console.log(rollouts.length);
`;

it('lets Node wait for a thread that computes, and end beside one that does not', async () => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('2');
});
