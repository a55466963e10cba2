import { expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { Random } from '../random.ts';
import { generateProgram } from './grammar.ts';
import { isHeldOut } from './heldOut.ts';
import { run } from './interpreter.ts';
import { mutateProgram } from './mutation.ts';

test('a mutant acts otherwise, is not held out, and leaves its original alone', () => {
  const random = new Random(3);
  let found = 0;
  for (let i = 0; i < 400; i++) {
    const program = generateProgram(random, 1 + (i % 4));
    const before = structuredClone(program);
    const mutant = mutateProgram(random, program);
    expect(program).toEqual(before);
    if (!mutant) continue;
    found++;
    expect(mutant.fingerprint).not.toBe(program.fingerprint);
    expect(isHeldOut(mutant.fingerprint)).toBe(false);
    expect(mutant.source.split('\n').length).toBe(program.source.split('\n').length);
  }
  expect(found).toBeGreaterThan(350);
});

test.runIf(hasPython)('mutants run in CPython as here', () => {
  const random = new Random(4);
  const cases = Array.from({ length: 600 }, (_, i) =>
    mutateProgram(random, generateProgram(random, 1 + (i % 4))),
  )
    .flatMap((mutant) => (mutant ? [mutant] : []))
    .map((mutant) => ({ source: mutant.source, outputs: [-3, 0, 2, 7].map((x) => run(mutant, x)) }));
  const script = [
    'import json,sys',
    'out=[]',
    'for c in json.load(sys.stdin):',
    '    ns={}',
    "    exec(c['source'],ns)",
    "    out.append([repr(ns['f'](x)) for x in (-3, 0, 2, 7)])",
    'print(json.dumps(out))',
  ].join('\n');
  const outputs = inPython<string[][]>(script, cases);
  for (const [i, { outputs: ours }] of cases.entries()) {
    for (const [j, output] of ours.entries()) if (output !== null) expect(outputs[i]?.[j]).toBe(output);
  }
});
