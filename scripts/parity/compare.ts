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
import type { ReasonerConfig } from '../../src/reasoner/reasoner.ts';

/** Of the tokenizer's files, in tokens; nothing here is longer. */
const CONTEXT = 256;

interface Asked {
  prompt: number[];
  response: number[];
  logprobs: number[];
}

/** Largest difference in log-probability from what the mirror wrote into the folder. */
export async function differenceFromMirror(folder: string, device: 'wasm' | 'cpu'): Promise<number> {
  const config = fromHuggingFaceConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  const reasoner = await createReasoner({ config, device, seed: 1 });
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

/** Writes the tokenizer as Hugging Face reads it, with texts and their tokens to check it by. */
export function writeTokenizer(folder: string): void {
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
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  write('tokenizer.json', tokenizerJson());
  write('tokenizer_config.json', tokenizerConfig(CONTEXT));
  write(
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
  const config: ReasonerConfig = fromHuggingFaceConfig(
    JSON.parse(readFileSync(join(base ?? sequencesFrom, 'config.json'), 'utf8')),
  );
  const reasoner = await createReasoner({ config, device, seed: 11 });
  if (base) await reasoner.load(new Uint8Array(readFileSync(join(base, 'model.safetensors'))));
  const all = JSON.parse(readFileSync(join(sequencesFrom, 'logprobs.json'), 'utf8')) as Asked[];
  // Trained weights are many; some of each kind of sequence will do.
  const asked = base ? all.filter((_, i) => i < 5 || i % 8 === 0) : all;
  const logprobs = await reasoner.logprobs(asked, 1);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.safetensors'), await reasoner.save());
  writeFileSync(join(folder, 'config.json'), JSON.stringify(toHuggingFaceConfig(config), null, 2));
  const rows = asked.map(({ prompt, response }, i) => ({ prompt, response, logprobs: logprobs[i] }));
  writeFileSync(join(folder, 'logprobs.json'), `${JSON.stringify(rows)}\n`);
  reasoner.dispose();
}
