/** Both judges are held to engine/verdicts.jsonl, in verdicts and in steps. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { scaled } from '../../test/scale.ts';
import { openJudges } from '../common/judges.ts';
import { compareWithVectors, readVectors } from './verdicts.ts';

/** A sample of them, from all parts of the file. */
const EVERY = scaled(1, 12);
const vectors = readVectors().filter((_, i) => i % EVERY === 0);

const NATIVE = process.env.KELVIN_JUDGE_PYTHON ?? 'python3';
const hasNative =
  spawnSync(NATIVE, ['-c', 'import sys; sys.exit(sys.version_info < (3, 12))'], { stdio: 'ignore' })
    .status === 0;

async function withJudge(name: 'pyodide' | 'native', work: (judge: Sandbox) => Promise<void>): Promise<void> {
  const judge = await openJudges(name, NATIVE, { timeoutMs: 60_000 });
  try {
    await work(judge);
  } finally {
    judge.close();
  }
}

test('there are a few thousand, with verdicts of every sort', () => {
  expect(readVectors().length).toBeGreaterThan(3_000);
  const refusals = new Set(
    readVectors().map(({ verdict }) => (typeof verdict === 'string' ? 'ok' : verdict[0])),
  );
  for (const each of ['ok', 'error', 'budget', 'forbidden', 'input', 'output', 'syntax', 'memory']) {
    expect(refusals).toContain(each);
  }
});

test('the page’s judge says what is written', () =>
  withJudge('pyodide', async (judge) => {
    expect(await compareWithVectors(judge, vectors)).toEqual({ known: [], unknown: [] });
  }));

test.runIf(hasNative)('CPython of this machine differs in known ways only', () =>
  withJudge('native', async (judge) => {
    const { known, unknown } = await compareWithVectors(judge, vectors);
    expect(unknown).toEqual([]);
    expect(known.length).toBeLessThan(vectors.length / 50);
  }),
);

test.runIf(hasNative)('a native judge that hangs is replaced, and its program gets a verdict', async () => {
  const judge = await openJudges('native', NATIVE, { timeoutMs: 1_000, mode: 'bare' });
  try {
    const program = (body: string) => ({ program: `def f(x):\n    ${body}`, inputs: ['1'], runs: 1 });
    const results = await judge.run([
      program('return x + 1'),
      // A loop that no Python code is in: nothing counts its steps.
      program('return sum(iter(int, 1))'),
      program('return __import__("os")._exit(1)'),
      program('return x + 2'),
    ]);
    const outcomes = results.map(({ outcomes: [outcome] }) => outcome);
    expect(outcomes[0]).toEqual({ ok: true, output: '2' });
    expect(outcomes[1]).toMatchObject({ ok: false, refusal: 'timeout' });
    expect(outcomes[2]).toMatchObject({ ok: false, refusal: 'error' });
    expect(outcomes[3]).toEqual({ ok: true, output: '3' });
    expect(judge.stats().respawned).toBeGreaterThan(0);
  } finally {
    judge.close();
  }
});
