import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { SIZES, toHuggingFaceConfig } from '../reasoner/config.ts';
import { BaseError, fetchShippedBase } from './shippedBase.ts';

const model = new Uint8Array([1, 2, 3, 4, 5]);
const sha256 = createHash('sha256').update(model).digest('hex');
const files: Record<string, BodyInit> = {
  'card.json': JSON.stringify({ sha256 }),
  'config.json': JSON.stringify(toHuggingFaceConfig(SIZES.nano)),
  'model.safetensors': model,
};

function load(changes: Record<string, BodyInit | null> = {}) {
  const served = { ...files, ...changes };
  const fetchFile = (async (url: string) => {
    expect(url).toMatch(/^http:\/\/host\/some\/path\/bases\/nano\//);
    const body = served[url.split('/').at(-1) as string];
    return body == null ? new Response(null, { status: 404 }) : new Response(body);
  }) as typeof fetch;
  return fetchShippedBase('nano', 1, 'http://host/some/path/', () => {}, fetchFile);
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

test.each([
  [{ 'model.safetensors': new Uint8Array([1, 2, 3, 4]) }, /damaged/],
  [{ 'model.safetensors': null }, /model\.safetensors could not be downloaded: the server answered 404/],
  [{ 'card.json': '{}' }, /names no checksum/],
  [{ 'card.json': '<!doctype html>' }, /not JSON/],
])('%o is refused in plain words', async (changes, message) => {
  await expect(load(changes as Record<string, BodyInit | null>)).rejects.toThrow(message);
  await expect(load(changes as Record<string, BodyInit | null>)).rejects.toThrow(BaseError);
});
