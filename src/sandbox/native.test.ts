/**
 * Verdicts compared with native python3 on generated programs: whatever is deterministic must come out the same.
 * The programs come from the grammar of tasks and from a second, wilder one over strings, lists and dicts.
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { WildGrammar } from '../../test/sandbox/wildGrammar.ts';
import { scaled } from '../../test/scale.ts';
import { drawInput, generateProgram, sourceOf } from '../language/grammar.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from './node.ts';
import type { Outcome } from './sandbox.ts';

/** Programs in mode `strict`; in the modes for suites made elsewhere a tenth of them. */
const PROGRAMS = scaled(5_000, 120);

/** Runs every program as the paper does, and prints what it returns or the name of what it raises. */
const NATIVE = `
import json, resource, signal, sys
class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
resource.setrlimit(resource.RLIMIT_AS, (2 ** 31, 2 ** 31))
for program, inputs in json.load(sys.stdin):
    row = []
    for text in inputs:
        namespace = {}
        exec(program, namespace)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try:
            row.append(repr(eval('f(' + text + ')', namespace)))
        except Exception as error:
            row.append(['error', type(error).__name__])
        except Late:
            row.append(['late', ''])
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(json.dumps(row))
`;

const hasPython = spawnSync('python3', ['-c', ''], { encoding: 'utf8' }).status === 0;

function generate(count: number): { program: string; inputs: string[] }[] {
  const random = new Random(20);
  const wild = new WildGrammar(random);
  return Array.from({ length: count }, (_, i) => {
    if (i % 3 === 0) {
      const program = sourceOf(generateProgram(random, 1 + (i % 5)).body);
      return { program, inputs: [0, 1, 2].map(() => String(drawInput(random))) };
    }
    return { program: wild.program(), inputs: ["3, 'abca'", "-2, ''", "2.5, '12'", "True, 'a b'"] };
  });
}

/** What both sides can say: the output, or the name of the exception. */
function brief(outcome: Outcome): string | [string, string] {
  if (outcome.ok) return outcome.output;
  return [outcome.refusal, outcome.detail.split(':')[0] as string];
}

test.runIf(hasPython).each([
  ['strict', PROGRAMS],
  ['suite', PROGRAMS / 10],
  ['stdlib', PROGRAMS / 10],
] as const)('agrees with native python3 (%s)', async (mode, count) => {
  const tasks = generate(count);
  const native = spawnSync('python3', ['-W', 'ignore', '-c', NATIVE], {
    input: JSON.stringify(tasks.map(({ program, inputs }) => [program, inputs])),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 60_000 + count * 100,
  });
  expect(native.stderr).toBe('');
  const expected = native.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as (string | [string, string])[]);
  const sandbox = await createNodeSandbox({ mode, timeoutMs: 120_000 });
  try {
    const results = await sandbox.run(tasks.map((task) => ({ ...task, runs: 2 as const })));
    const disagreements: unknown[] = [];
    const seen: Record<string, number> = {};
    results.forEach(({ outcomes }, i) => {
      outcomes.forEach((outcome, k) => {
        const kind = outcome.ok ? 'ok' : outcome.refusal;
        seen[kind] = (seen[kind] ?? 0) + 1;
        // Our limits, and values that are not literals, have no counterpart in plain Python.
        if (['budget', 'memory', 'output', 'nondeterministic'].includes(kind)) return;
        const theirs = expected[i]?.[k];
        if (JSON.stringify(brief(outcome)) !== JSON.stringify(theirs)) {
          disagreements.push({ program: tasks[i]?.program, input: tasks[i]?.inputs[k], outcome, theirs });
        }
      });
    });
    expect(disagreements).toEqual([]);
    expect(seen.ok).toBeGreaterThan(count);
    expect(seen.error).toBeGreaterThan(count / 100);
    const limited = (seen.budget ?? 0) + (seen.memory ?? 0) + (seen.nondeterministic ?? 0);
    expect(limited).toBeLessThan(count / 10);
  } finally {
    sandbox.close();
  }
});
