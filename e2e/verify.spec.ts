/** `npm run verify`: outsiders' suites through the page's own sandbox, and what is said of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { isLong } from '../test/scale.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixture = (name: string) => join(root, 'e2e/fixtures/verify', name);
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  status: number | null;
  lines: string[];
  stderr: string;
}

function verify(...flags: string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/verify/main.ts'), ...flags],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}

/** Judges these lines; returns the run and the verdicts of `--json` by line and case. */
function judge(lines: readonly (string | object)[], ...flags: string[]) {
  const file = join(folder, 'suite.jsonl');
  const json = join(folder, 'verdicts.json');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(file, `${texts.join('\n')}\n`);
  const run = verify(file, '--json', json, ...flags);
  const { verdicts } = JSON.parse(readFileSync(json, 'utf8')) as {
    verdicts: { line: number; case?: number; verdict: string; reason?: string; ours?: string }[];
  };
  const said = verdicts.map(({ line, case: n = 1, verdict, reason, ours }) => [
    `${line}.${n}`,
    reason ?? ours?.replace(/:.*$/, '') ?? verdict,
  ]);
  return { ...run, said: Object.fromEntries(said) as Record<string, string> };
}

function countCases(name: string): number {
  return readFileSync(fixture(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ input, inputs, tests, test_cases, cases }) => inputs ?? tests ?? test_cases ?? cases ?? input)
    .reduce((sum, cases) => sum + (Array.isArray(cases) ? cases.length : 1), 0);
}

test('agrees with native Python on programs of the allow-list', () => {
  const cases = countCases('plain.jsonl');
  expect(cases).toBeGreaterThan(90);
  const { status, lines, stderr } = verify(fixture('plain.jsonl'));
  expect(lines, stderr).toEqual([`agreement ${cases}/${cases} (skipped 0)`]);
  expect(status).toBe(0);
});

if (isLong) {
  // Python's library is read anew; the programs of the allow-list stand for it in the short run.
  test('agrees with native Python on classes and the standard library', () => {
    const cases = countCases('stdlib.jsonl');
    expect(cases).toBeGreaterThan(45);
    const { status, lines, stderr } = verify(fixture('stdlib.jsonl'), '--stdlib');
    expect(lines, stderr).toEqual([`agreement ${cases}/${cases} (skipped 0)`]);
    expect(status).toBe(0);
  });
}

test('every wrong output is found, whatever the layout', () => {
  const f = (body: string) => `def f(x):\n    ${body}`;
  const double = f('return x * 2');
  const { status, lines, said } = judge([
    { code: double, input: '2', output: '4', id: 'sample_0' },
    { code: double, input: '2', output: '5', id: 'sample_1' },
    { code: double, input: "'2'", output: '22' },
    { code: double, input: '1', output: '2.0' },
    { code: f('return x == 1'), input: '1', output: '1' },
    { code: f('return {x: 1, 0: 2}'), input: '5', output: '{0: 2, 5: 1}' },
    { code: f('return (x, [x])'), input: ['1', '2', '3'], output: ['(1, [1])', '[2, [2]]', '(3, [3])'] },
    {
      program: double,
      tests: [
        { input: '3', output: '6' },
        { input: '3', output: '7' },
      ],
    },
    { code: f('return 1 / x'), input: '0', output: '0' },
    { code: f('while True: pass'), input: '0', output: '0' },
    { code: f('return f(x)'), input: '0', output: '0' },
    { code: f('return 2 ** x ** x'), input: '99', output: '0' },
    { code: f('return lambda: x'), input: '0', output: '0' },
    { code: 'def f(x) return x', input: '0', output: '0' },
    { code: double, input: '1, 2', output: '2' },
    { code: double, input: '', output: '2' },
  ]);
  expect(said).toMatchObject({
    ...{ '1.1': 'agrees', '2.1': '4', '3.1': "'22'", '4.1': '2', '5.1': 'True', '6.1': 'agrees' },
    ...{ '7.1': 'agrees', '7.2': '(2, [2])', '7.3': 'agrees', '8.1': 'agrees', '8.2': '6' },
    ...{ '9.1': 'error', '10.1': 'budget', '11.1': 'budget', '12.1': 'memory', '13.1': 'output' },
    ...{ '14.1': 'syntax', '15.1': 'input', '16.1': 'input' },
  });
  expect(lines.at(-1)).toBe('agreement 5/19 (skipped 0)');
  expect(lines.slice(0, 7)).toEqual([
    'line 2 (sample_1): disagreement',
    '  input     f(2)',
    '  expected  5',
    '  ours      4',
    '  program',
    '    def f(x):',
    '        return x * 2',
  ]);
  expect(lines).toContain('line 8, case 2: disagreement');
  expect(status).toBe(1);
});

if (isLong) {
  // Each kill costs the seconds until a Python is up again.
  test('an input that kills its program takes none of its other inputs down', () => {
    const code = `import re\ndef f(x):\n    return bool(re.match('(a+)+$', 'a' * x + 'b'))`;
    const { said, lines } = judge(
      [
        { code, inputs: ['1', '60', '2'], outputs: ['False', 'False', 'False'] },
        { code: 'def f(x):\n    return x', input: '1', output: '1' },
        { code, input: '3', output: 'False' },
      ],
      ...'--stdlib --timeout-ms 1500'.split(' '),
    );
    expect(said).toEqual({
      ...{ '1.1': 'agrees', '1.2': 'timeout', '1.3': 'agrees', '2.1': 'agrees', '3.1': 'agrees' },
    });
    expect(lines.at(-1)).toBe('agreement 4/5 (skipped 0)');
  });
}

test('inputs and outputs may be expressions, under the same rules as the program', () => {
  const code = 'def f(x, y=1):\n    return x';
  const { said, lines } = judge([
    { code, input: "'a' * 3", output: "'aaa'" },
    { code, input: '[1] * 5, set()', output: '[1, 1, 1, 1, 1]' },
    { code, input: 'sorted({2, 1})', output: 'list(range(1, 3))' },
    { code, input: "'a' * 3", output: "'a' * 2" },
    { code, input: '1 // 0', output: '0' },
    { code, input: 'f(4 + 4)', output: '8' },
    { code, input: "open('/etc/passwd')", output: '0' },
    { code, input: '[0] * 10 ** 9', output: '0' },
  ]);
  expect(said).toEqual({
    ...{ '1.1': 'agrees', '2.1': 'agrees', '3.1': 'agrees', '4.1': "'aaa'", '5.1': 'error' },
    ...{ '6.1': 'agrees', '7.1': 'forbidden', '8.1': 'memory' },
  });
  expect(lines.at(-1)).toBe('agreement 4/7 (skipped 1)');
});

test('nothing is lost: what cannot be judged is counted by its reason', () => {
  const code = 'def f(x):\n    return x';
  const suite = [
    { code, input: '1', output: '1' },
    '',
    '{"code": "def f(x',
    '[1, 2]',
    { code, input: '1' },
    { input: ['1', '2'], output: ['1', '2'] },
    { code, input: '4 +', output: '8' },
    { code, input: '1', output: '<function f>' },
    { code: `import math\n${code}`, input: '1', output: '1' },
    { code: 'def f(x):\n    return list(set(x))', input: "['a', 'b', 'c', 'd', 'e']", output: "['a']" },
  ];
  const { status, lines, said } = judge(suite);
  expect(said).toEqual({
    ...{ '1.1': 'agrees', '3.1': 'malformed', '4.1': 'malformed', '5.1': 'malformed', '6.1': 'malformed' },
    ...{ '7.1': 'input', '8.1': 'expected', '9.1': 'forbidden', '10.1': 'nondeterministic' },
  });
  expect(lines.slice(0, 4)).toEqual([
    'line 3: skipped, not JSON',
    'line 4: skipped, not a JSON object',
    'line 5: skipped, no field "output"',
    'line 6: 2 cases skipped, no field "code"',
  ]);
  expect(lines.slice(-6)).toEqual([
    'skipped 5: the line could not be read',
    'skipped 1: the program uses what is forbidden (--stdlib admits it)',
    'skipped 1: the input is neither a literal nor an expression',
    'skipped 1: the expected output is neither a literal nor an expression',
    'skipped 1: the result differs from run to run',
    'agreement 1/1 (skipped 9)',
  ]);
  expect(status).toBe(0);
  const nothing = judge(suite.slice(2, 6), '--quiet');
  expect(nothing.lines).toEqual(['skipped 5: the line could not be read', 'agreement 0/0 (skipped 5)']);
  expect(nothing.status).toBe(2);
});

test('what cannot be done is said in one line, with exit code 2', () => {
  writeFileSync(join(folder, 'empty.jsonl'), '');
  for (const [flags, message] of [
    [['missing.jsonl'], 'There is no file missing.jsonl.'],
    [[join(folder, 'empty.jsonl')], 'is empty.'],
    [[folder], 'is a folder, not a file.'],
    [[fixture('plain.jsonl'), '--fast'], 'There is no flag --fast; --help lists them.'],
    [[fixture('plain.jsonl'), '--json', join(folder, 'no/such/folder')], 'cannot be written: ENOENT.'],
    [[], 'Which file?'],
  ] as const) {
    const { status, lines, stderr } = verify(...flags);
    expect(status, stderr).toBe(2);
    expect(stderr.trim().split('\n'), stderr).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(lines).toEqual(['']);
  }
});
