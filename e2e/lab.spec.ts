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
    for (const file of ['metrics.jsonl', 'tasks.jsonl', 'attempts.jsonl', 'model.safetensors']) {
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
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json']) {
      expect(Object.keys(JSON.parse(first(file).toString())).length).toBeGreaterThan(3);
    }
    const config = JSON.parse(first('kelvin.json').toString());
    expect(config).toMatchObject({
      preset: 'ci',
      config: { seed: 3, steps: 3 },
      engine: { backend: 'wasm' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a run that stopped goes on as if it had not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  try {
    const run = (name: string, ...flags: string[]) => {
      const { status, stderr } = lab(...flags);
      expect(status, stderr).toBe(0);
      return (file: string) => readFileSync(join(folder, name, file));
    };
    const short =
      '--preset ci --seed 3 --steps 4 --warm-up-updates 80 --evaluation-tasks 2 --evaluation-tiers 2 --evaluate-every 2 --device wasm --out'.split(
        ' ',
      );
    const whole = run('whole', ...short, join(folder, 'whole'));
    const stopped = run('parts', ...short, join(folder, 'parts'), '--stop-after', '1');
    expect(lines(stopped('metrics.jsonl').toString()).map(({ step }) => step)).toEqual([1]);
    const parts = run('parts', '--resume', join(folder, 'parts'), '--stop-after', '3', '--device', 'wasm');
    run('parts', '--resume', join(folder, 'parts'), '--device', 'wasm');
    for (const file of [
      'metrics.jsonl',
      'attempts.jsonl',
      'tasks.jsonl',
      'uhoh.jsonl',
      'model.safetensors',
    ]) {
      expect(parts(file).equals(whole(file)), `${file} is the same`).toBe(true);
    }
    const { status, stderr } = lab('--resume', join(folder, 'parts'));
    expect(status).toBe(1);
    expect(stderr).toContain('has taken all its 4 steps');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what cannot be done is said in one line, with an exit code', () => {
  for (const [flags, message] of [
    [['--stepz', '3'], 'There is no flag --stepz'],
    [['--steps', 'many'], 'must be a whole number'],
    [['--preset', 'nothing'], 'There is no preset “nothing”'],
    [['--resume', 'nowhere'], 'there is no kelvin.json in nowhere'],
    [['--resume', 'nowhere', '--seed', '2'], '--seed cannot be changed'],
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
