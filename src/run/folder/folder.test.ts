import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { stepEvent, taskOf } from '../../../test/builders.ts';
import { scaled } from '../../../test/scale.ts';
import { presetConfig } from '../../config/presets.ts';
import { momentsToHuggingFace, toHuggingFace } from '../../reasoner/checkpoint.ts';
import { SIZES } from '../../reasoner/config.ts';
import { initialValues } from '../../reasoner/parameters.ts';
import { writeSafetensors } from '../../reasoner/safetensors.ts';
import { sha256 } from '../../sha256.ts';
import type { StoredRun } from '../library.ts';
import type { Event } from '../protocol.ts';
import type { Setup } from '../session.ts';
import { applyEvents, createRunStore } from '../store.ts';
import { broughtRun } from './bringIn.ts';
import { RUN_FILES, type RunFile, type RunFiles } from './layout.ts';
import { runFolder, zipName } from './write.ts';
import { unzipFiles, zipFiles } from './zip.ts';

const config = { ...presetConfig('ci'), seed: 7 };
const SETUP: Setup = {
  preset: 'demo',
  config: presetConfig('demo'),
  device: 'wasm',
  seedProgram: null,
  ownBase: null,
};
const values = initialValues(SIZES.pico, 5);
const weights = writeSafetensors(toHuggingFace(SIZES.pico, values));
const moments = momentsToHuggingFace(SIZES.pico, { first: values, second: values, steps: 3 });
const optimizer = writeSafetensors(moments.tensors, { metadata: moments.metadata });

/** A run of that many steps that told all there is to tell. */
function runOf(steps: number, text = 'x'): StoredRun {
  const scores = { deduction: { '1': 0.25, '2': 0.5 } };
  const events: Event[] = [
    { type: 'engine', backend: 'wasm', device: 'WebAssembly', parameters: 12 },
    { type: 'warm-up', point: { update: 1, updates: 1, loss: 2, tokens: 3, seconds: 4 } },
    {
      type: 'base',
      name: 'warm-up',
      sha256: 'abc',
      scores,
      forced: scores,
      thinks: { deduction: 0.5 },
      from: 'measured',
    },
    { type: 'tasks', added: [taskOf('seed')], updated: [], evicted: [] },
  ];
  for (let step = 1; step <= steps; step++) {
    const common = { step, kind: 'deduction', program: text, input: '1', reward: -1, times: 2 } as const;
    const blocked = [
      { ...common, role: 'propose', refusal: 'budget', category: 'endless', detail: text } as const,
      { ...common, role: 'propose', refusal: 'forbidden', category: 'judge', detail: '' } as const,
    ];
    const heldOut = step % 2 === 0 ? { heldOut: scores, base: scores, baseForced: scores } : {};
    events.push(
      { type: 'rejected', step, kind: 'abduction', rejection: 'syntax', text, detail: text },
      { type: 'verdicts', step, role: 'propose', counts: { budget: 1, accepted: 2 }, blocked },
      {
        type: 'hacks',
        step,
        role: 'solve',
        hacks: [{ ...common, role: 'solve', hack: 'call', answer: text }],
      },
      {
        type: 'tasks',
        added: [taskOf(`t${step}`, { step, program: text })],
        updated: [{ id: 'seed', solveRate: step / 10 }],
        evicted: step > 2 ? [`t${step - 2}`] : [],
      },
      {
        type: 'attempts',
        attempts: [
          {
            taskId: `t${step}`,
            response: text,
            answer: null,
            thinks: true,
            verdict: 'wrong',
            reward: -0.5,
            advantage: 1 / 3,
            tokens: 3,
            step,
          },
        ],
      },
      stepEvent(step, { ...heldOut, entropy: 1 / (step + 2) }),
    );
  }
  return {
    entry: {
      id: 'there',
      name: text,
      note: '',
      preset: 'ci',
      config: { ...config, steps: steps + 3 },
      device: 'wasm',
      seedProgram: null,
      ownBase: null,
      step: steps,
      parts: 9,
      created: 1,
      changed: 2,
      score: null,
      bytes: 3,
      toldBytes: 4,
      deleted: null,
    },
    run: {
      state: { step: steps, buffers: { text, random: [1, 2, 3, 4] } } as StoredRun['run']['state'],
      weights,
      optimizer,
      base: weights,
    },
    events,
  };
}

const bring = (...files: [name: string, bytes: Uint8Array][]) =>
  broughtRun(
    files.map(([name, bytes]) => ({ name, bytes })),
    SETUP,
  );
const bytesOf = (content: string | Uint8Array | undefined) =>
  typeof content === 'string' ? strToU8(content) : (content as Uint8Array);
/** A zip as others make it, with a folder inside. */
const zipped = (files: RunFiles, folder = '') =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, of]) => [folder + name, bytesOf(of)])));
/** Bytes as texts, which are compared far faster than arrays of numbers. */
const texts = (of: object) =>
  Object.fromEntries(
    Object.entries(of).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    ]),
  );
/** What a page draws of it. */
function drawn(events: readonly Event[]): unknown {
  const store = createRunStore();
  applyEvents(store, events);
  const { tasks, metrics, ...view } = store.getState();
  const all = tasks.book.all();
  return JSON.parse(
    JSON.stringify({
      ...view,
      last: metrics.last,
      steps: metrics.columns.steps,
      tasks: all.map((task) => [task, tasks.book.attempts(task.id)]),
    }),
  );
}

test('any run survives its zip: what is gone on with, what is drawn, and every file', async () => {
  const runs = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.string({ unit: 'grapheme', minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(runs, async ([steps, text]) => {
      const run = runOf(steps, text);
      const files = runFolder(run);
      expect(Object.keys(files).sort()).toEqual([...RUN_FILES].sort());
      const back = await bring(['run.zip', await zipFiles(files)]);
      expect(texts(back.run)).toEqual(texts(run.run));
      const { name, preset, config: values, device, seedProgram, step } = back.entry;
      const { entry } = run;
      expect({ name, preset, config: values, device, seedProgram, step }).toEqual({
        name: entry.name,
        preset: entry.preset,
        config: entry.config,
        device: entry.device,
        seedProgram: entry.seedProgram,
        step: entry.step,
      });
      expect(back.entry.id).not.toBe(entry.id);
      expect(drawn(back.events)).toEqual(drawn(run.events));
      expect(texts(runFolder(back))).toEqual(texts(files));
    }),
    { numRuns: scaled(60, 12) },
  );
}, 120_000);

test('a folder inside, a hidden one of macOS, loose files: all are the same run', async () => {
  const run = runOf(2);
  const files = runFolder(run);
  const inside = await bring(['run.zip', zipped({ ...files }, 'runs/demo/')]);
  const mac = await bring([
    'run.zip',
    zipSync({
      ...Object.fromEntries(Object.entries(files).map(([name, of]) => [`demo/${name}`, bytesOf(of)])),
      '__MACOSX/demo/kelvin.json': strToU8('no'),
      'demo/notes.txt': strToU8('mine'),
    }),
  ]);
  const loose = await bring(
    ...Object.entries(files).map(([name, of]): [string, Uint8Array] => [name, bytesOf(of)]),
  );
  for (const back of [inside, mac, loose]) expect(texts(back.run)).toEqual(texts(run.run));
});

test('an older folder of the lab, which has not what a page draws, is gone on with', async () => {
  const { 'events.jsonl': _events, 'README.md': _card, ...files } = runFolder(runOf(2));
  const back = await bring(['run.zip', zipped(files)]);
  expect(back.run.state.step).toBe(2);
});

test('a zip with any byte changed is refused or the same run', async () => {
  const run = runOf(1);
  const zip = await zipFiles(runFolder(run));
  const places = fc.tuple(fc.integer({ min: 0, max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(places, async ([at, by]) => {
      const broken = zip.slice();
      broken[at] = (broken[at] as number) ^ by;
      const back = await bring(['run.zip', broken]).catch((error: Error) => error);
      if (back instanceof Error) expect(back.name).toBe('FolderError');
      else expect(texts(back.run)).toEqual(texts(run.run));
    }),
    { numRuns: scaled(400, 40) },
  );
}, 120_000);

describe('what is no run is refused in a sentence', () => {
  const whole = () => runFolder(runOf(2));
  const without = (file: RunFile) => {
    const { [file]: _, ...files } = whole();
    return zipped(files);
  };
  test.each<[string, () => Uint8Array, RegExp]>([
    ['a cut zip', () => zipped(whole()).slice(0, -400), /damaged or not complete: get it again/],
    ['another zip', () => zipSync({ 'cat.png': strToU8('meow') }), /no run in it/],
    ['a picture', () => strToU8('\x89PNG'), /“run\.zip” is neither a zip nor a file of a run/],
    [
      'two runs',
      () => zipSync({ 'a/kelvin.json': strToU8('{}'), 'b/kelvin.json': strToU8('{}') }),
      /several/,
    ],
    ['no state', () => without('state.json'), /There is no state\.json/],
    ['no moments', () => without('state.safetensors'), /There is no state\.safetensors/],
    ['no base', () => without('base.safetensors'), /There is no base\.safetensors/],
    ['lost steps', () => without('metrics.jsonl'), /0 of the 2 steps/],
    ['no JSON', () => zipped({ ...whole(), 'kelvin.json': '{' }), /kelvin\.json is not a JSON object/],
    ['no lines', () => zipped({ ...whole(), 'tasks.jsonl': 'x' }), /line of a \.jsonl file/],
    ['no tasks', () => zipped({ ...whole(), 'tasks.jsonl': '{"step":1,"id":"t1"}' }), /line of a \.jsonl/],
    [
      'another shape',
      () =>
        zipped({
          ...whole(),
          'kelvin.json': JSON.stringify({ preset: 'ci', config: { ...config, size: 'nano' } }),
        }),
      /model\.safetensors is none of a nano reasoner: The tensor .* has shape/,
    ],
    [
      'another version',
      () =>
        zipped({
          ...whole(),
          'kelvin.json': JSON.stringify({ preset: 'ci', config: { ...config, gone: 1 } }),
        }),
      /another version of Kelvin.*no hyper-parameter “gone”/,
    ],
  ])('%s', async (_, make, message) => {
    const refused = bring(['run.zip', make()]);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name: 'FolderError' });
  });
});

describe('a base', () => {
  const model = (): RunFiles => {
    const {
      'config.json': shape,
      'model.safetensors': tensors,
      'tokenizer.json': tokenizer,
    } = runFolder(runOf(1));
    return { 'config.json': shape, 'model.safetensors': tensors, 'tokenizer.json': tokenizer };
  };
  const shape = (over: object) => ({
    ...model(),
    'config.json': JSON.stringify({ ...JSON.parse(model()['config.json'] as string), ...over }),
  });

  test('is a run at step 0 with the settings of the next start', async () => {
    const { 'tokenizer.json': _, ...bare } = model();
    for (const files of [
      model(),
      bare,
      shape({ rope_parameters: undefined }),
      shape({ rope_theta: undefined }),
    ]) {
      const { entry, run, events } = await bring(['base.zip', zipped(files, 'out/')]);
      const begun = { state: { step: 0 }, weights, optimizer: new Uint8Array(), base: weights };
      expect(texts(run)).toEqual(texts(begun));
      expect(entry).toMatchObject({
        preset: 'demo',
        step: 0,
        config: { size: 'pico', base: 'warm-up', steps: SETUP.config.steps },
      });
      expect(events).toEqual([]);
    }
    // As a run it leaves and comes back, too, and its card names the base.
    const started = await bring(['base.zip', zipped(model())]);
    expect(started.entry.ownBase).toEqual({ name: 'base', sha256: await sha256(weights) });
    const folder = runFolder(started);
    expect(folder['README.md']).toContain('base_model: "base"\n');
    expect(folder['README.md']).toContain('`base.safetensors`, brought in as base');
    const again = await bring(['run.zip', await zipFiles(folder)]);
    expect(texts(again.run)).toEqual(texts(started.run));
    expect(again.entry.ownBase).toEqual(started.entry.ownBase);
  });

  test('of another shape or vocabulary is refused', async () => {
    const tokenizer = JSON.parse(model()['tokenizer.json'] as string);
    tokenizer.model.vocab = { hello: 0 };
    const half = { ...model(), 'model.safetensors': weights.slice(0, -8) };
    const tied = shape({ tie_word_embeddings: true });
    for (const [files, message] of [
      [shape({ num_hidden_layers: 3 }), /nearest is pico, but its number of layers .* is 3, not 2/],
      [shape({ vocab_size: 50257 }), /vocabulary \(vocab_size\) is 50257, not 387/],
      [shape({ model_type: 'gpt2' }), /config\.json is none of a reasoner: .*"gpt2", not "llama"/],
      [tied, /head tied/],
      [half, /model\.safetensors is none of a reasoner: .*truncated/],
      [{ ...model(), 'tokenizer.json': JSON.stringify(tokenizer) }, /another vocabulary/],
      [{ 'config.json': model()['config.json'] }, /There is no model\.safetensors/],
      [{ 'model.safetensors': weights }, /There is no config\.json/],
    ] as [RunFiles, RegExp][]) {
      await expect(bring(['base.zip', zipped(files)])).rejects.toThrow(message);
    }
  });
});

test('the model card says how it was made and what it can', () => {
  const card = runFolder(runOf(2, 'mine'))['README.md'] as string;
  expect(card.startsWith('---\nlibrary_name: transformers\n')).toBe(true);
  expect(card).toContain('\ndatasets: []\n---\n');
  expect(card).toContain('# mine');
  expect(card).toContain('npm run lab -- --preset ci --seed 7 --steps 5');
  expect(card).toContain('SHA-256 `abc`');
  expect(card).toContain('| Deduction | 37.5 | 37.5 | 37.5 |');
  expect(runFolder(runOf(1))['README.md']).toContain('not measured');
  const stored = runOf(2);
  expect(zipName(stored.entry, 2)).toBe('kelvin-ci-seed7-step2.zip');
  // The base is named where it is not in the folder.
  stored.run.base = null;
  expect(runFolder(stored)['README.md']).toContain('base_model: kelvin-pico');
});

test('a run that a pretrained model has taken over is shown, whatever weights lie beside it', async () => {
  const stored = runOf(2);
  const before = runFolder(stored);
  const pretrained = {
    ...{ model: '/models/Qwen2.5-Coder-0.5B', lora: 16, context: 2048, response: 512 },
    ...{ learningRate: 2e-5, since: 1 },
  };
  stored.entry.pretrained = pretrained;
  const after = runFolder(stored);
  for (const file of ['config.json', 'tokenizer.json']) expect(Object.keys(after)).not.toContain(file);
  const card = after['README.md'] as string;
  expect(card).toContain('base_model: "Qwen2.5-Coder-0.5B"');
  expect(card).toContain('After step 1 the pretrained model `Qwen2.5-Coder-0.5B` took over');
  expect(card).not.toContain('license:');
  // As the engine leaves it: beside the reasoner that the page had, and with the model's own files.
  const model = { 'pretrained/config.json': '{}', 'pretrained/tokenizer.json': '{}' };
  const { entry, run, events } = await bring([
    'run.zip',
    zipped({ ...before, ...after, ...model } as RunFiles),
  ]);
  expect(entry.pretrained).toEqual(pretrained);
  expect(run).toMatchObject({ weights: new Uint8Array(), optimizer: new Uint8Array(), base: null });
  expect(drawn(events)).toEqual(drawn(stored.events));
});

test('a zip that is locked is refused', async () => {
  const zip = zipSync({ 'kelvin.json': strToU8('{}') });
  const view = new DataView(zip.buffer);
  for (let at = 0; at < zip.length - 4; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
  }
  await expect(unzipFiles(zip, () => true)).rejects.toThrow('locked with a password');
});
