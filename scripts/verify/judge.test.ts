import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunRequest, RunResult } from '../../src/sandbox/sandbox.ts';
import { readLines } from '../common/suite/lines.ts';
import { type Judged, judgeFile } from './judge.ts';
import { Report } from './report.ts';

function write(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'verify-')), 'suite.jsonl');
  writeFileSync(path, text);
  return path;
}

/** Every program returns its input; batches take their time, the first one longest. */
function slowEcho() {
  const calls: number[] = [];
  let running = 0;
  const run = async (requests: readonly RunRequest[]): Promise<RunResult[]> => {
    const call = calls.push(++running);
    await new Promise((resolve) => setTimeout(resolve, call === 1 ? 40 : 5));
    running--;
    return requests.map(({ inputs }) => ({ outcomes: inputs.map((output) => ({ ok: true, output })) }));
  };
  return { run, calls };
}

const line = (input: string, output: string) => JSON.stringify({ code: 'def f(x): return x', input, output });

test('lines end with \\n only, and may be cut anywhere', async () => {
  const long = 'é'.repeat(300_000);
  const path = write(`\uFEFFa\u2028b\n\n${long}\r\nlast`);
  const lines: string[] = [];
  for await (const { text } of readLines(path)) lines.push(text);
  expect(lines).toEqual(['a\u2028b', '', `${long}\r`, 'last']);
});

test('a large file goes through in batches, two under way, in its own order', async () => {
  const text = Array.from({ length: 1500 }, (_, i) => line(String(i), String(i % 100 === 7 ? -1 : i))).join(
    '\n',
  );
  const { run, calls } = slowEcho();
  const verdicts: Judged[] = [];
  let batches = 0;
  await judgeFile(write(text), run, {
    steps: null,
    limit: null,
    onVerdicts(some) {
      verdicts.push(...some);
      batches++;
    },
  });
  expect(verdicts.map(({ item }) => item.line)).toEqual(Array.from({ length: 1500 }, (_, i) => i + 1));
  expect(verdicts.filter(({ verdict }) => verdict.verdict === 'disagrees')).toHaveLength(15);
  expect(batches).toBe(4);
  expect(Math.max(...calls)).toBe(2);
});

test('a limit counts lines that hold something; malformed ones keep their place', async () => {
  const path = write(`\n${line('1', '1')}\n{"code"\n\n${line('2', '3')}\n${line('4', '4')}\n`);
  const verdicts: Judged[] = [];
  await judgeFile(path, slowEcho().run, {
    steps: null,
    limit: 3,
    onVerdicts: (some) => verdicts.push(...some),
  });
  expect(verdicts.map(({ item, verdict }) => [item.line, verdict.verdict])).toEqual([
    [2, 'agrees'],
    [3, 'skipped'],
    [5, 'disagrees'],
  ]);
});

test('a sandbox that fails fails the run', async () => {
  const path = write(`${line('1', '1')}\n`);
  const broken = () => Promise.reject(new Error('Python could not be started.'));
  await expect(judgeFile(path, broken, { steps: null, limit: null, onVerdicts: () => {} })).rejects.toThrow(
    'Python could not be started.',
  );
});

test('a report prints disagreements, skips and counts, and nothing raw', () => {
  const printed: string[] = [];
  const report = new Report((text) => printed.push(text), { quiet: false, stdlib: false });
  const code = `def f(x):\n\treturn "\u001b[2J\u202e"\n${'# more\n'.repeat(40)}`;
  const item = {
    line: 1,
    id: 'a',
    number: 2,
    code,
    entry: 'f',
    input: `'${'x'.repeat(500)}'`,
    expected: '1\n2',
  };
  report.take([
    { item, verdict: { verdict: 'disagrees', ours: 'error: ZeroDivisionError' } },
    { item: { ...item, line: 2, id: null, number: null }, verdict: { verdict: 'disagrees', ours: '3' } },
    { item, verdict: { verdict: 'agrees', output: '1' } },
    { item, verdict: { verdict: 'skipped', reason: 'forbidden', detail: 'an import' } },
    {
      item: { line: 9, id: null, problem: 'not JSON', cases: 3 },
      verdict: { verdict: 'skipped', reason: 'malformed', detail: 'not JSON' },
    },
  ]);
  report.finish();
  const text = printed.join('\n');
  expect(printed[0]).toBe('line 1 (a), case 2: disagreement');
  expect(printed[1]).toMatch(/^ {2}input {5}f\('x{99} … 302 more … x{99}'\)$/);
  expect(printed[2]).toBe('  expected  1\\n2');
  expect(printed).toContain('    \treturn "\\x1b[2J\\u{202e}"');
  expect(printed).toContain('    … 12 more lines');
  expect(printed).toContain('  program   that of line 1');
  expect(printed).toContain('line 9: 3 cases skipped, not JSON');
  expect(printed.slice(-3)).toEqual([
    'skipped 3: the line could not be read',
    'skipped 1: the program uses what is forbidden (--stdlib admits it)',
    'agreement 1/3 (skipped 4)',
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
});

test('a quiet report leaves out the list of skips, not their count', () => {
  const printed: string[] = [];
  const report = new Report((text) => printed.push(text), { quiet: true, stdlib: true });
  const item = { line: 9, id: null, problem: 'not JSON', cases: 1 };
  report.take([{ item, verdict: { verdict: 'skipped', reason: 'malformed', detail: 'not JSON' } }]);
  report.finish();
  expect(printed).toEqual(['skipped 1: the line could not be read', 'agreement 0/0 (skipped 1)']);
});
