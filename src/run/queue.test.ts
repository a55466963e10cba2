import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULTS } from '../config/hyperparameters.ts';
import type { RunState } from './protocol.ts';
import { RunQueue, readSeeds } from './queue.ts';
import type { Setup } from './session.ts';
import { createShelf } from './shelf.ts';
import { createRunStore } from './store.ts';

const setup = (seed: number): Setup => ({
  preset: 'demo',
  config: { ...DEFAULTS, seed },
  device: 'auto',
  seedProgram: null,
  ownBase: null,
});

function queue() {
  const started: number[] = [];
  const store = createRunStore();
  const shelf = createShelf();
  const say = async (state: RunState) => {
    store.setState({ state });
    await Promise.resolve();
  };
  const runs = new RunQueue(
    {
      start: async ({ config }) => {
        started.push(config.seed);
        store.setState({ state: 'loading' });
        shelf.setState({ shown: null });
        return true;
      },
      shelf,
    },
    store,
  );
  return { runs, started, say, shelf };
}

test('the first begins at once, each of the others when the one before has ended, however it ends', async () => {
  const { runs, started, say } = queue();
  runs.add([1, 2, 3].map(setup));
  expect(started).toEqual([1]);
  await say('running');
  await say('finished');
  expect(started).toEqual([1, 2]);
  await say('running');
  await say('failed');
  expect(started).toEqual([1, 2, 3]);
  expect(runs.waiting.getState()).toEqual([]);
});

test('a run that is going on is waited for, a reset starts nothing, and what waits can be dropped', async () => {
  const { runs, started, say } = queue();
  await say('running');
  runs.add([1, 2].map(setup));
  await say('paused');
  await say('idle');
  expect(started).toEqual([]);
  runs.clear();
  await say('finished');
  expect(started).toEqual([]);
  // After a reset nothing goes on: what is added begins at once.
  await say('idle');
  runs.add([setup(7)]);
  expect(started).toEqual([7]);
});

test('a kept run that is only shown is not waited for, whatever state it is shown in', async () => {
  const { runs, started, say, shelf } = queue();
  await say('paused');
  shelf.setState({ shown: { isElsewhere: false } });
  runs.add([1, 2].map(setup));
  expect(started).toEqual([1]);
});

test('seeds are read as people write them, each once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(4_294_967_295), { minLength: 1, maxLength: 20 }), (seeds) => {
      expect(readSeeds(seeds.join(', '))).toEqual(seeds);
    }),
  );
  expect(readSeeds('1-3 7')).toEqual([1, 2, 3, 7]);
  expect(readSeeds('2, 2')).toEqual([2]);
  for (const text of ['', 'one', '-1', '3-1', '4294967296', '1-1000', '1.5']) {
    expect(() => readSeeds(text)).toThrow(RangeError);
  }
});
