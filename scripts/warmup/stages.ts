/** The stages of a base, one after another. What is finished is kept, so that a long training can be ended and gone on with. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../../src/reasoner/safetensors.ts';
import { type Recipe, type Trained, train } from './train.ts';

const ROOT = 'runs/warmup';

/** What a training came to. */
export type Progress = Omit<Trained, 'reasoner'>;

export interface TrainedBase extends Progress {
  /** In half precision, which halves what a visitor downloads. */
  safetensors: Uint8Array;
}

/** Trains the base `name`, but for the stages that lie in {@link ROOT}. `onProgress` hears the stage's index (from 0). */
export async function trainStages(
  name: string,
  { tokens, from, ...recipe }: Recipe,
  onProgress: (done: Progress, index: number) => void,
): Promise<TrainedBase> {
  let base: TrainedBase | null = null;
  for (const [index, budget] of tokens.entries()) {
    const { seed, priorCotRate, tiers, batch, rate } = recipe;
    const key = JSON.stringify({
      seed,
      priorCotRate,
      tiers,
      batch,
      rate,
      tokens: tokens.slice(0, index + 1),
    });
    const finished = kept(name, index, key);
    if (finished) {
      base = finished;
      continue;
    }
    const stage = { ...recipe, index, tokens: budget, from: base?.safetensors ?? from };
    const { reasoner, ...trained } = await train(stage, (done) => onProgress(done, index));
    const read = readSafetensors(await reasoner.save());
    reasoner.dispose();
    base = {
      tokens: (base?.tokens ?? 0) + trained.tokens,
      updates: (base?.updates ?? 0) + trained.updates,
      loss: trained.loss,
      minutes: (base?.minutes ?? 0) + trained.minutes,
      // The next stage begins from what would be shipped, so that it does not matter when it does.
      safetensors: writeSafetensors(read.tensors, { metadata: read.metadata, dtype: 'F16' }),
    };
    keep(name, index, key, base);
  }
  if (!base) throw new RangeError('A recipe needs at least one stage');
  return base;
}

function kept(name: string, index: number, key: string): TrainedBase | null {
  const path = join(ROOT, name, `stage-${index + 1}`);
  if (!existsSync(`${path}.json`)) return null;
  const { key: of, ...progress } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Progress & {
    key: string;
  };
  return of === key ? { ...progress, safetensors: readFileSync(`${path}.safetensors`) } : null;
}

function keep(name: string, index: number, key: string, { safetensors, ...progress }: TrainedBase): void {
  const path = join(ROOT, name, `stage-${index + 1}`);
  mkdirSync(join(ROOT, name), { recursive: true });
  writeFileSync(`${path}.safetensors`, safetensors);
  writeFileSync(`${path}.json`, `${JSON.stringify({ key, ...progress }, null, 2)}\n`);
}
