import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { shippedEvaluation } from '../benchmark/shipped.ts';
import { presetConfig } from '../config/presets.ts';
import type { BaseVariant, LevelId } from '../language/level.ts';
import { SIZES, type SizeName, toHuggingFaceConfig } from '../reasoner/config.ts';
import { KINDS } from '../tasks/task.ts';
import { BaseError, fetchShippedBase } from './shippedBase.ts';

const model = new Uint8Array([1, 2, 3, 4, 5]);
const sha256 = createHash('sha256').update(model).digest('hex');
const files: Record<string, BodyInit> = {
  'card.json': JSON.stringify({ sha256 }),
  'config.json': JSON.stringify(toHuggingFaceConfig(SIZES.nano)),
  'model.safetensors': model,
};

/** All bases that are shipped: folder, size, level. */
const BASES = readdirSync('public/bases').map((folder) => {
  const card = JSON.parse(readFileSync(`public/bases/${folder}/card.json`, 'utf8'));
  return [folder, card.size as SizeName, card.level as LevelId, card.base as BaseVariant] as const;
});

function load(changes: Record<string, BodyInit | null> = {}) {
  const served = { ...files, ...changes };
  const fetchFile = (async (url: string) => {
    expect(url).toMatch(/^http:\/\/host\/some\/path\/bases\/nano\//);
    const body = served[url.split('/').at(-1) as string];
    return body == null ? new Response(null, { status: 404 }) : new Response(body);
  }) as typeof fetch;
  return fetchShippedBase('nano', 1, 'shipped', 'http://host/some/path/', () => {}, fetchFile);
}

test('a whole base is taken', async () => {
  const { config, safetensors } = await load();
  expect(config).toEqual(SIZES.nano);
  expect([...safetensors]).toEqual([...model]);
});

const HELD_OUT = JSON.stringify({
  sha256,
  suiteSeed: 1,
  level: 1,
  inductionExamples: 8,
  maxSolveTokens: 192,
  tiers: 1,
  tasks: 2,
  outcomes: { deduction: { 1: { right: '01', thinks: '00', forced: '11' } } },
});

test('held-out outcomes come with it where they are of its weights; nothing else stops it', async () => {
  expect((await load({ 'held-out.json': HELD_OUT })).outcomes).toEqual(JSON.parse(HELD_OUT));
  expect((await load({ 'held-out.json': HELD_OUT.replace(sha256, 'of others') })).outcomes).toBeNull();
  expect((await load({ 'held-out.json': '<!doctype html>' })).outcomes).toBeNull();
  expect((await load()).outcomes).toBeNull();
});

test.each(BASES)(
  'the base in %s is shipped with outcomes that cover what a run from it asks',
  async (_, size, level, variant) => {
    const fetchFile = (async (url: string) =>
      new Response(await readFile(`public${new URL(url).pathname}`))) as typeof fetch;
    const { outcomes } = await fetchShippedBase(size, level, variant, 'http://host/', () => {}, fetchFile);
    const config = presetConfig(variant === 'shipped' ? 'demo' : 'climb');
    const { inductionExamples, maxSolveTokens, evaluationTiers: tiers, evaluationTasks: tasks } = config;
    const asked = { level, inductionExamples, maxSolveTokens, kinds: KINDS, tiers, tasks };
    const { atOnce, forced } = shippedEvaluation(outcomes, asked) ?? {};
    const [own, made] = [atOnce, forced].map((each) => each?.scores.deduction?.['1'] ?? Number.NaN);
    // A base knows more when it is made to think, unless it does that of its own accord.
    if (variant === 'shipped') expect(made).toBeGreaterThan(own!);
    else expect(Math.abs(made! - own!)).toBeLessThan(0.05);
  },
);

test.each([
  [{ 'model.safetensors': new Uint8Array([1, 2, 3, 4]) }, /damaged/],
  [{ 'model.safetensors': null }, /model\.safetensors could not be downloaded: the server answered 404/],
  [{ 'card.json': '{}' }, /names no checksum/],
  [{ 'card.json': '<!doctype html>' }, /not JSON/],
])('%o is refused in plain words', async (changes, message) => {
  await expect(load(changes as Record<string, BodyInit | null>)).rejects.toThrow(message);
  await expect(load(changes as Record<string, BodyInit | null>)).rejects.toThrow(BaseError);
});
