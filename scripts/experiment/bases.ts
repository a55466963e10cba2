/** The weights that runs begin from: shipped ones, or a warm-up that is made once and shared by all runs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../src/config/hyperparameters.ts';
import { HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { Random } from '../../src/random.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { corpus, corpusOptions } from '../../src/warmup/corpus.ts';
import { warmUp, warmUpOptions } from '../../src/warmup/warmup.ts';
import { ROOT } from '../common/build.ts';
import { openEngine } from '../common/engine.ts';
import { UsageError } from '../common/usageError.ts';
import { fingerprint, writeAtomically } from './store.ts';

export interface Base {
  /** Equal for equal weights. */
  id: string;
  /** Folder of what is measured of it, and of its weights when they are not shipped. */
  folder: string;
  weights: string;
  config: Config;
}

/** Seed of warm-ups: one base for all seeds of the runs, as shipped ones are. */
const WARM_UP_SEED = 1;

const WARM_UP_KEYS = HYPERPARAMETERS.filter(({ group }) => group === 'Warm-up').map(({ key }) => key);

/** The base of a configuration. Throws a {@link UsageError} when it is shipped but not there. */
export function baseOf(config: Config, out: string): Base {
  const { size, level, base } = config;
  if (base !== 'warm-up') {
    const name = baseFolder(size, level, base);
    const weights = join(ROOT, 'public/bases', name, 'model.safetensors');
    if (!existsSync(weights)) throw new UsageError(`There is no ${base} base of ${size} at level ${level}.`);
    const id = `${name}-${fingerprint(readFileSync(weights))}`;
    return { id, folder: join(out, 'bases', id), weights, config };
  }
  const recipe = WARM_UP_KEYS.map((key) => [key, config[key]]);
  const id = `${size}-warm-up-${fingerprint(JSON.stringify([level, recipe]))}`;
  const folder = join(out, 'bases', id);
  return { id, folder, weights: join(folder, 'model.safetensors'), config };
}

/** Warms the base up where that is not done yet, in one of `beside` processes that share the cores. */
export async function ensureWeights(
  { weights, config }: Base,
  beside: number | undefined,
  onProgress: (share: number) => void,
): Promise<void> {
  if (existsSync(weights)) return;
  const random = new Random(WARM_UP_SEED);
  const shape = SIZES[config.size];
  const seed = random.fork('weights').uint32();
  const reasoner = await openEngine({ config: shape, device: 'wasm', seed }, beside);
  const examples = corpus(random.fork('warm-up', 'examples'), corpusOptions(config, shape.contextLength));
  const options = warmUpOptions(config);
  await warmUp(reasoner, examples, random.fork('warm-up', 'batches'), options, async ({ update, updates }) =>
    onProgress(update / updates),
  );
  writeAtomically(weights, await reasoner.save());
  reasoner.dispose();
}
