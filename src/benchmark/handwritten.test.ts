import { describe, expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { bodyLines } from '../language/grammar.ts';
import { isHeldOut } from '../language/heldOut.ts';
import { canonicalText } from '../language/literal.ts';
import { fingerprintKey, probesFor, resultKey } from '../language/probes.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { CLASSICS, LONG_CLASSICS } from './classics.ts';
import { CURATED } from './curated.ts';
import { type HandwrittenProgram, readCollection } from './handwritten.ts';

const COLLECTIONS = { classics: CLASSICS, curated: CURATED } as const;
const ALL = [...CLASSICS, ...LONG_CLASSICS, ...CURATED];

describe('the hand-written programs', () => {
  test('are a hundred and more, at both levels', () => {
    for (const programs of Object.values(COLLECTIONS)) {
      expect(programs.length).toBeGreaterThanOrEqual(100);
      expect(programs.filter(({ level }) => level === 1).length).toBeGreaterThanOrEqual(60);
      expect(programs.filter(({ level }) => level === 2).length).toBeGreaterThanOrEqual(50);
      expect(new Set(programs.map(({ name, level }) => `${level} ${name}`)).size).toBe(programs.length);
    }
  });

  test('have a long part of forty at level 1, longer than what a warm-up shows', () => {
    expect(LONG_CLASSICS.length).toBe(40);
    expect(new Set(LONG_CLASSICS.map(({ name }) => name)).size).toBe(40);
    for (const { level, program, name } of LONG_CLASSICS) {
      expect(level, name).toBe(1);
      expect(bodyLines(program), name).toBeGreaterThanOrEqual(8);
      expect(bodyLines(program), name).toBeLessThanOrEqual(14);
    }
  });

  test('have eight distinct canonical inputs and more', () => {
    for (const { name, inputs } of ALL) {
      expect(new Set(inputs).size, name).toBe(inputs.length);
      expect(inputs.length, name).toBeGreaterThanOrEqual(8);
      expect(inputs.map(canonicalText), name).toEqual(inputs);
    }
  });
});

describe.runIf(hasPython)('the hand-written programs, run by Python', () => {
  const runs = hasPython ? runNatively(ALL) : [];
  const of = (programs: readonly HandwrittenProgram[]) =>
    runs.filter(({ program }) => programs.includes(program));

  test('return from every input, and stay in the range of their level meanwhile', () => {
    for (const { program, own, large } of runs) {
      expect(
        own.filter((key) => key.startsWith('!')),
        program.name,
      ).toEqual([]);
      expect(large, program.name).toBe(0);
    }
  });

  test('give outputs that differ, in the shown half of an induction task and in the hidden half', () => {
    for (const { program, own } of runs) {
      expect(new Set(own.slice(0, 4)).size, program.name).toBeGreaterThan(1);
      expect(new Set(own.slice(4, 8)).size, program.name).toBeGreaterThan(1);
    }
  });

  test('all act differently', () => {
    const seen = new Map<string, string>();
    for (const { program, fingerprint } of runs) {
      const key = `${program.level} ${fingerprint}`;
      expect(`${program.name} like ${seen.get(key)}`).toBe(`${program.name} like undefined`);
      seen.set(key, program.name);
    }
  });

  test('measure what is of the held-out class, and train on what is not', () => {
    const wrong = [
      ...of([...CLASSICS, ...LONG_CLASSICS]).filter(({ fingerprint }) => !isHeldOut(fingerprint)),
      ...of(CURATED).filter(({ fingerprint }) => isHeldOut(fingerprint)),
    ];
    expect(wrong.map(({ program }) => program.name)).toEqual([]);
  });

  test('do the same in the sandbox', async () => {
    const sandbox = await createNodeSandbox();
    const results = await sandbox.run(
      ALL.map((program) => ({ program: program.program, inputs: allInputs(program), runs: 1 })),
    );
    sandbox.close();
    for (const [i, { program, own, probed }] of runs.entries()) {
      const keys = results[i]!.outcomes.map((outcome) =>
        outcome.ok ? outcome.output : `!${outcome.refusal}`,
      );
      expect({ name: program.name, keys }).toEqual({ name: program.name, keys: [...own, ...probed] });
    }
  }, 120_000);
});

interface Run {
  program: HandwrittenProgram;
  /** Results on its own inputs, and on the probes; `!error` where it fails. */
  own: string[];
  probed: string[];
  fingerprint: string;
  /** How often a variable was beyond the range of the levels, on its own inputs. */
  large: number;
}

function allInputs({ inputs }: HandwrittenProgram): string[] {
  return [...inputs, ...probesFor(inputs[0]!).inputs];
}

function runNatively(programs: readonly HandwrittenProgram[]): Run[] {
  const script = `
import json, sys, ast
def small(v):
    if isinstance(v, str): return len(v) <= 10
    if isinstance(v, list): return len(v) <= 8 and all(small(i) for i in v)
    return abs(v) <= 99
def watch(frame, event, arg):
    if frame.f_code.co_name == 'f' and not all(small(v) for v in frame.f_locals.values()): large.append(event)
    return watch
def call(f, text):
    try: return repr(f(ast.literal_eval(text)))
    except Exception: return '!error'
out = []
for p in json.load(sys.stdin):
    space, large = {}, []
    exec(p['program'], space)
    own = len(p['own'])
    sys.settrace(watch)
    results = [call(space['f'], text) for text in p['own']]
    sys.settrace(None)
    seen = len(large)
    results += [call(space['f'], text) for text in p['all'][own:]]
    out.append({'results': results, 'large': seen})
print(json.dumps(out))`;
  const asked = programs.map((program) => ({
    program: program.program,
    own: program.inputs,
    all: allInputs(program),
  }));
  const answers = inPython<{ results: string[]; large: number }[]>(script, asked);
  return programs.map((program, i) => {
    const { results, large } = answers[i]!;
    const probed = results.slice(program.inputs.length);
    const { signature } = probesFor(program.inputs[0]!);
    const fingerprint = fingerprintKey(signature, probed.map(resultKey));
    return { program, own: results.slice(0, program.inputs.length), probed, fingerprint, large };
  });
}

test('a collection with a stray line is refused', () => {
  expect(() => readCollection(1, '    return x')).toThrow(/Neither a heading/);
  expect(() => readCollection(1, 'double: 1; 2\n  return x * 2')).toThrow(/Neither a heading/);
  expect(readCollection(1, '\ndouble: 1; 2\n    return x * 2\n')).toEqual([
    { name: 'double', level: 1, inputs: ['1', '2'], program: 'def f(x):\n    return x * 2' },
  ]);
});
