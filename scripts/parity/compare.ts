/** Both ends of the comparison with the PyTorch mirror, on the engine's side. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TIERS } from '../../src/language/grammar.ts';
import { tokenizerConfig, tokenizerJson } from '../../src/language/huggingFace.ts';
import { LEVEL_IDS, levelOf } from '../../src/language/level.ts';
import { encode } from '../../src/language/tokenizer.ts';
import { Random } from '../../src/random.ts';
import { fromHuggingFaceConfig, toHuggingFaceConfig } from '../../src/reasoner/config.ts';
import { createReasoner } from '../../src/reasoner/engine.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';

/** Of the tokenizer's files, in tokens; nothing here is longer. */
const CONTEXT = 256;

interface Asked {
  prompt: number[];
  response: number[];
  logprobs: number[];
}

/** Largest difference in log-probability from what the mirror wrote into the folder. */
export async function differenceFromMirror(folder: string, device: 'wasm' | 'cpu'): Promise<number> {
  const reasoner = await openReasoner(folder, device);
  await reasoner.load(new Uint8Array(readFileSync(join(folder, 'model.safetensors'))));
  const asked = JSON.parse(readFileSync(join(folder, 'logprobs.json'), 'utf8')) as Asked[];
  const got = await reasoner.logprobs(asked, 1);
  reasoner.dispose();
  let worst = 0;
  for (const [i, { logprobs }] of asked.entries()) {
    const row = got[i] as number[];
    if (row.length !== logprobs.length)
      throw new Error(`sequence ${i}: ${row.length} log-probabilities, not ${logprobs.length}`);
    for (const [j, value] of logprobs.entries())
      worst = Math.max(worst, Math.abs(value - (row[j] as number)));
  }
  return worst;
}

/** Writes the tokenizer as Hugging Face reads it, and texts to check it by. */
export function writeTokenizer(folder: string): void {
  write(folder, 'tokenizer.json', tokenizerJson());
  write(folder, 'tokenizer_config.json', tokenizerConfig(CONTEXT));
  writeTexts(folder);
}

/** Writes texts and their tokens, for a tokenizer to check. */
export function writeTexts(folder: string): void {
  const random = new Random(3);
  const lines = LEVEL_IDS.flatMap((id) =>
    Array.from({ length: 300 }, (_, i) =>
      levelOf(id)
        .generate(random, 1 + (i % TIERS.length))
        .source.split('\n'),
    ),
  ).flat();
  const printable = () => String.fromCharCode(random.integer(32, 126));
  const noise = Array.from({ length: 300 }, () =>
    Array.from({ length: random.integer(1, 40) }, printable).join(''),
  );
  // What spells a special token or a label is that token there.
  const texts = [...lines, ...noise].filter((text) => !/<\w+(:\w+)?>/.test(text));
  write(
    folder,
    'texts.json',
    texts.map((text) => ({ text, ids: encode(text) })),
  );
}

/**
 * Writes a checkpoint of the engine and its log-probabilities, for the mirror to check: that of the folder `base`, or
 * a fresh one.
 */
export async function writeForMirror(
  folder: string,
  sequencesFrom: string,
  device: 'wasm' | 'cpu',
  base: string | null = null,
): Promise<void> {
  const reasoner = await openReasoner(base ?? sequencesFrom, device);
  if (base) await reasoner.load(new Uint8Array(readFileSync(join(base, 'model.safetensors'))));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.safetensors'), await reasoner.save());
  write(folder, 'config.json', toHuggingFaceConfig(reasoner.config));
  reasoner.dispose();
  await askEngine(folder, sequencesFrom, device, base ? TRAINED : undefined);
}

/** Trained weights are many; some of each kind of sequence will do. */
const TRAINED = (_: Asked, i: number) => i < 5 || i % 8 === 0;

/** Writes what the engine computes of the checkpoint in a folder: log-probabilities of some sequences of another. */
export async function askEngine(
  folder: string,
  sequencesFrom: string,
  device: 'wasm' | 'cpu',
  isAsked: (asked: Asked, index: number) => boolean = () => true,
): Promise<void> {
  const reasoner = await openReasoner(folder, device);
  await reasoner.load(new Uint8Array(readFileSync(join(folder, 'model.safetensors'))));
  const all = JSON.parse(readFileSync(join(sequencesFrom, 'logprobs.json'), 'utf8')) as Asked[];
  const asked = all.filter(isAsked);
  const logprobs = await reasoner.logprobs(asked, 1);
  const rows = asked.map(({ prompt, response }, i) => ({ prompt, response, logprobs: logprobs[i] }));
  write(folder, 'logprobs.json', rows);
  reasoner.dispose();
}

/** The engine in the shape of a folder's config.json, with weights of its own. */
function openReasoner(folder: string, device: 'wasm' | 'cpu'): Promise<Reasoner> {
  const config = fromHuggingFaceConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  return createReasoner({ config, device, seed: 11 });
}

function write(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}
