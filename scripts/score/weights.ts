/** The reasoner to be measured, from a checkpoint or a shipped base. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shippedBasesText } from '../../src/language/level.ts';
import { fromHuggingFaceConfig } from '../../src/reasoner/config.ts';
import type { Reasoner, ReasonerConfig } from '../../src/reasoner/reasoner.ts';
import { readSafetensors } from '../../src/reasoner/safetensors.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { ROOT } from '../common/build.ts';
import { UsageError } from '../common/usageError.ts';
import type { ScoreOptions } from './options.ts';

/** Loads the weights on the device that was asked for. Throws a {@link UsageError} when there are none, or not of a reasoner. */
export async function openReasoner({ weights, level, device }: ScoreOptions): Promise<Reasoner> {
  const file =
    'checkpoint' in weights
      ? weights.checkpoint
      : join(ROOT, 'public/bases', baseFolder(weights.base, level, weights.variant), 'model.safetensors');
  if (!existsSync(file)) {
    throw new UsageError(
      'checkpoint' in weights
        ? `There is no file ${file}.`
        : `There is no “${weights.variant}” base of ${weights.base} at level ${level}. ${shippedBasesText()} For other weights give --checkpoint FILE.`,
    );
  }
  if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder, not a checkpoint.`);
  const bytes = new Uint8Array(readFileSync(file));
  const config = configOf(file, bytes);
  if (device === 'webgpu') await import('../common/dawn.ts');
  const { openEngine } = await import('../common/engine.ts');
  const reasoner = await openEngine({
    config,
    device,
    seed: 1,
    onNotice: (message) => console.error(message),
  });
  await reasoner.load(bytes);
  return reasoner;
}

/** The shape, from the checkpoint's own metadata or from `config.json` beside it. */
export function configOf(file: string, bytes: Uint8Array): ReasonerConfig {
  let embedded: string | undefined;
  try {
    embedded = readSafetensors(bytes).metadata.config;
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  const beside = join(dirname(file), 'config.json');
  const text = embedded ?? (existsSync(beside) ? readFileSync(beside, 'utf8') : null);
  if (text === null) {
    throw new UsageError(`${file} does not say its shape, and there is no config.json beside it.`);
  }
  try {
    return fromHuggingFaceConfig(JSON.parse(text));
  } catch (error) {
    throw new UsageError(
      `The shape of ${file} cannot be used: ${error instanceof Error ? error.message : error}.`,
    );
  }
}
