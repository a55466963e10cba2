/** `npm run lab`: the same build without the page, its files, its determinism, its way to fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));

function lab(...flags: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/lab/main.ts'), ...flags],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stderr };
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the same seed writes the same metrics, and every file is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  try {
    const run = (name: string) => {
      const out = join(folder, name);
      const { status, stderr } = lab(
        ...'--preset ci --seed 3 --steps 3 --warm-up-updates 80 --evaluation-tasks 2 --evaluation-tiers 2 --device wasm --out'.split(
          ' ',
        ),
        out,
      );
      expect(status, stderr).toBe(0);
      return (file: string) => readFileSync(join(out, file));
    };
    const first = run('first');
    const second = run('second');
    for (const file of ['metrics.jsonl', 'tasks.jsonl', 'attempts.jsonl', 'checkpoint.safetensors']) {
      expect(first(file).equals(second(file)), `${file} is the same`).toBe(true);
      expect(first(file).length).toBeGreaterThan(0);
    }
    const metrics = lines(first('metrics.jsonl').toString());
    expect(metrics.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(metrics[2].heldOut.deduction['1']).toBeGreaterThanOrEqual(0);
    expect(metrics[2].base.deduction['1']).toBeGreaterThanOrEqual(0);
    for (const key of ['reward', 'solveRate', 'validRate', 'thinkShare', 'responseLength', 'bufferSize']) {
      expect(metrics[0]).toHaveProperty(key);
    }
    const [task] = lines(first('tasks.jsonl').toString());
    for (const key of ['id', 'kind', 'program', 'input', 'output', 'step', 'parents', 'solveRate']) {
      expect(task).toHaveProperty(key);
    }
    const config = JSON.parse(first('config.json').toString());
    expect(config).toMatchObject({
      preset: 'ci',
      config: { seed: 3, steps: 3 },
      engine: { backend: 'wasm' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what cannot be done is said in one line, with an exit code', () => {
  for (const [flags, message] of [
    [['--stepz', '3'], 'There is no flag --stepz'],
    [['--steps', 'many'], 'must be a whole number'],
    [['--preset', 'nothing'], 'There is no preset “nothing”'],
  ] as const) {
    const { status, stderr } = lab(...flags);
    expect(status).toBe(1);
    const said = stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('npm warn'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(message);
  }
});
