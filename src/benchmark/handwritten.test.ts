import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isHeldOut } from '../language/heldOut.ts';
import { canonicalText } from '../language/literal.ts';
import { behaviourKey, probesFor, resultKey } from '../language/probes.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Outcome, Sandbox } from '../sandbox/sandbox.ts';
import { CURATED } from './curated.ts';
import { type HandwrittenProgram, readCollection } from './handwritten.ts';

const python = spawnSync('python3', ['--version']).status === 0;

interface Run {
  program: HandwrittenProgram;
  /** Of its own inputs. */
  own: Outcome[];
  behaviour: string;
}

/** Runs every program on its inputs and on the probes, twice each, as self-play does. */
async function runAll(sandbox: Sandbox, programs: readonly HandwrittenProgram[]): Promise<Run[]> {
  const probes = programs.map(({ inputs }) => probesFor(inputs[0]!));
  const results = await sandbox.run(
    programs.map(({ program, inputs }, i) => ({
      program,
      inputs: [...inputs, ...probes[i]!.inputs],
      runs: 2 as const,
    })),
  );
  return programs.map((program, i) => {
    const { outcomes } = results[i]!;
    const keys = outcomes
      .slice(program.inputs.length)
      .map((o) => (o.ok ? resultKey(o.output) : `!${o.refusal}`));
    const behaviour = behaviourKey(probes[i]!.signature, keys);
    return { program, own: outcomes.slice(0, program.inputs.length), behaviour };
  });
}

const COLLECTIONS = { curated: CURATED } as const;

describe('the hand-written programs', () => {
  let sandbox: Sandbox;
  const runs: Partial<Record<keyof typeof COLLECTIONS, Run[]>> = {};
  const all = () => Object.values(runs).flat();

  beforeAll(async () => {
    sandbox = await createNodeSandbox();
    for (const [name, programs] of Object.entries(COLLECTIONS)) {
      runs[name as keyof typeof COLLECTIONS] = await runAll(sandbox, programs);
    }
  });
  afterAll(() => sandbox.close());

  test('are a hundred and more, at both levels', () => {
    for (const programs of Object.values(COLLECTIONS)) {
      expect(programs.length).toBeGreaterThanOrEqual(100);
      expect(programs.filter(({ level }) => level === 1).length).toBeGreaterThanOrEqual(60);
      expect(programs.filter(({ level }) => level === 2).length).toBeGreaterThanOrEqual(50);
      expect(new Set(programs.map(({ name, level }) => `${level} ${name}`)).size).toBe(programs.length);
    }
  });

  test('have eight distinct canonical inputs and more, and run on every one of them', () => {
    for (const { program, own } of all()) {
      expect(new Set(program.inputs).size, program.name).toBe(program.inputs.length);
      expect(program.inputs.length, program.name).toBeGreaterThanOrEqual(8);
      expect(program.inputs.map(canonicalText), program.name).toEqual(program.inputs);
      expect(
        own.filter(({ ok }) => !ok),
        program.name,
      ).toEqual([]);
    }
  });

  test('give outputs that differ, in the shown half of an induction task and in the hidden half', () => {
    for (const { program, own } of all()) {
      for (const half of [own.slice(0, 4), own.slice(4, 8)]) {
        expect(
          new Set(half.map((outcome) => outcome.ok && outcome.output)).size,
          program.name,
        ).toBeGreaterThan(1);
      }
    }
  });

  test('all act differently', () => {
    const seen = new Map<string, string>();
    for (const { program, behaviour } of all()) {
      const key = `${program.level} ${behaviour}`;
      expect(`${program.name} like ${seen.get(key)}`).toBe(`${program.name} like undefined`);
      seen.set(key, program.name);
    }
  });

  test('that may be trained on are none of the held-out class', () => {
    const heldOut = runs.curated!.filter(({ behaviour }) => isHeldOut(behaviour));
    expect(heldOut.map(({ program }) => program.name)).toEqual([]);
  });

  test.runIf(python)(
    'give the same in Python outside the sandbox, and stay in the range of their level',
    () => {
      const script = [
        'import json,sys,ast',
        'def small(v):',
        '    if isinstance(v,str): return len(v)<=10',
        '    if isinstance(v,list): return len(v)<=8 and all(small(i) for i in v)',
        '    return abs(v)<=99',
        'large=[]',
        'def watch(frame,event,arg):',
        "    if frame.f_code.co_name=='f' and not all(small(v) for v in frame.f_locals.values()): large.append(1)",
        '    return watch',
        'out=[]',
        'for p in json.load(sys.stdin):',
        '    ns={}',
        "    exec(p['program'],ns)",
        '    large.clear()',
        '    sys.settrace(watch)',
        "    results=[repr(ns['f'](ast.literal_eval(x))) for x in p['inputs']]",
        '    sys.settrace(None)',
        "    out.append({'results':results,'large':len(large)})",
        'print(json.dumps(out))',
      ].join('\n');
      const input = JSON.stringify(all().map(({ program }) => program));
      const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
      expect(stderr).toBe('');
      const native = JSON.parse(stdout) as { results: string[]; large: number }[];
      for (const [i, { program, own }] of all().entries()) {
        const results = own.map((outcome) => outcome.ok && outcome.output);
        expect({ name: program.name, ...native[i] }).toEqual({ name: program.name, results, large: 0 });
      }
    },
  );
});

test('a collection with a stray line is refused', () => {
  expect(() => readCollection(1, '    return x')).toThrow(/Neither a heading/);
  expect(() => readCollection(1, 'double: 1; 2\n  return x * 2')).toThrow(/Neither a heading/);
  expect(readCollection(1, '\ndouble: 1; 2\n    return x * 2\n')).toEqual([
    { name: 'double', level: 1, inputs: ['1', '2'], program: 'def f(x):\n    return x * 2' },
  ]);
});
