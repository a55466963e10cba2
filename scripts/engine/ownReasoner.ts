/** A run that goes on with its own reasoner: Kelvin's weights, in PyTorch. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../src/config/hyperparameters.ts';
import { parameterCount, SIZES } from '../../src/reasoner/config.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import { sha256 } from '../../src/sha256.ts';
import { TOKENS } from '../../src/tasks/wording.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { ROOT } from '../common/build.ts';
import { UsageError } from '../common/usageError.ts';
import type { Line } from './line.ts';
import type { Opened } from './opened.ts';
import { cellsOf, placesPerCell } from './places.ts';
import { RemoteReasoner } from './remoteReasoner.ts';

/** Opens it with the weights that the run began from. */
export async function openOwn(line: Line, kept: FolderRun, config: Config): Promise<Opened> {
  const base = baseOf(config, kept);
  const shape = SIZES[config.size];
  const { device } = await line.ask<{ device: string }>('open', {
    shape,
    config,
    cells: cellsOf(config),
    places: placesPerCell(config),
    pretrained: null,
  });
  const reasoner = new RemoteReasoner(shape, device, line);
  await reasoner.load(base);
  return {
    reasoner,
    config,
    run: kept.run,
    wording: TOKENS,
    parameters: parameterCount(shape),
    base: { name: baseName(config), sha256: await sha256(base) },
  };
}

/** The weights that the run began from. */
function baseOf({ size, level, base }: Config, { header, run }: FolderRun): Uint8Array {
  if (run.base) return run.base;
  if (base === 'warm-up')
    throw new UsageError('The folder lacks base.safetensors, which the run began from.');
  const file = join(ROOT, 'public/bases', baseFolder(size, level, base), 'model.safetensors');
  if (header.ownBase) throw new UsageError('The folder lacks base.safetensors, which was brought in.');
  return new Uint8Array(readFileSync(file));
}

function baseName({ base, size, level }: Config): string {
  return base === 'warm-up' ? base : baseFolder(size, level, base);
}
