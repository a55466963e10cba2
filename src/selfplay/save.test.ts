import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openRuns, type ScriptedRun } from '../../test/selfplay/scriptedRun.ts';
import type { Config } from '../config/hyperparameters.ts';
import { presetConfig } from '../config/presets.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import { Watch } from '../watch/watch.ts';
import { play } from './play.ts';
import type { SavedRun } from './savedRun.ts';

/** What comes back from a file. */
function kept({ state, ...bytes }: SavedRun): SavedRun {
  return { ...bytes, state: JSON.parse(JSON.stringify(state)) };
}

describe('a run that is taken up again', () => {
  const { run } = openRuns(createNodeSandbox);

  /** The scripted reasoner's weights are the programs that it has written. */
  function takenUp(earlier: ScriptedRun, saved: SavedRun): ScriptedRun {
    const later = run(earlier.config, null, saved);
    for (const [text, program] of earlier.reasoner.programs) later.reasoner.programs.set(text, program);
    return later;
  }

  const CASES: Record<string, Partial<Config>> = {
    'self-play with all kinds': { error: true },
    'a full buffer that evicts at random': { bufferCapacity: 16 },
    'the official buffer, which looks two steps back': {
      eviction: 'official-defect',
      bufferCapacity: 24,
      textsPerFingerprint: 1000,
      rejectKnownText: false,
      reuseAttempts: false,
      solverAttempts: 4,
    },
    'random tasks': { taskSource: 'grammar' },
    'curated tasks': { taskSource: 'curated', composition: 0 },
    'the warm-up that goes on': { update: 'supervised' },
  };

  test.each(Object.entries(CASES))('is the run it was: %s', async (_, changes) => {
    const whole = run(changes);
    await whole.play(2);
    const saved = kept(await whole.records[1]!.save!());
    await whole.play(2);
    const later = takenUp(whole, saved);
    await later.play(2);
    expect(await later.step()).toBeNull();
    // Its seconds are other ones; the files leave them out.
    expect(later.metrics.map((metrics) => metricsLine(metrics))).toEqual(
      whole.metrics.slice(2).map((metrics) => metricsLine(metrics)),
    );
    expect(later.buffered).toEqual(whole.buffered);
    expect(later.metrics[0]!.seconds).toBeGreaterThan(saved.state.seconds);
  });

  test('can be kept after any step, and twice', async () => {
    // The fourth step has a quick evaluation.
    const whole = run({ evaluateEvery: 10, steps: 6 });
    await whole.play(3);
    const saved = kept(await whole.records[2]!.save!());
    await whole.play(1);
    const later = takenUp(whole, saved);
    await later.play(1);
    expect(later.metrics[0]).toHaveProperty('heldOutQuick');
    expect(later.metrics.map((metrics) => metricsLine(metrics))).toEqual(
      whole.metrics.slice(3).map((metrics) => metricsLine(metrics)),
    );
    const [a, b] = [await later.records[0]!.save!(), await whole.records[3]!.save!()];
    expect({ ...a.state, seconds: 0 }).toEqual({ ...b.state, seconds: 0 });
  });
});

test('the engine goes on from its weights and moments, bit for bit', async () => {
  const config: Config = {
    ...presetConfig('demo-nano'),
    steps: 3,
    proposalsPerKind: 6,
    bufferTasksPerKind: 2,
    attemptsPerTask: 4,
    seedingTarget: 6,
    seedingRounds: 2,
    evaluationTasks: 1,
    passK: 0,
  };
  const base = new Uint8Array(readFileSync('public/bases/nano/model.safetensors'));
  const sandbox = await createNodeSandbox();
  const playOn = async (from: SavedRun | null) => {
    const reasoner = await createReasoner({ config: SIZES.nano, device: 'wasm', seed: 1 });
    await reasoner.load(base);
    const watch = new Watch(config);
    const lines: unknown[] = [];
    let saved: SavedRun | null = null;
    for await (const record of play({ reasoner, sandbox, config, listener: () => {}, from })) {
      lines.push(metricsLine(watch.measure(record)));
      if (record.step === 1) saved = kept(await record.save!());
    }
    const weights = await reasoner.save();
    reasoner.dispose();
    return { lines, saved, weights };
  };
  const whole = await playOn(null);
  const later = await playOn(whole.saved);
  expect(later.lines).toEqual(whole.lines.slice(1));
  expect(later.weights).toEqual(whole.weights);
  sandbox.close();
});
