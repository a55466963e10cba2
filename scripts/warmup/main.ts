/**
 * `npm run warmup -- --size small --base thinking`: makes a shipped base on all cores, with the page's own engine.
 * `--help` lists every flag.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaseVariant, LevelId } from '../../src/language/level.ts';
import { parameterCount, SIZES, type SizeName, toHuggingFaceConfig } from '../../src/reasoner/config.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { runCommand } from '../common/command.ts';
import { bar, duration, StatusLine } from '../common/terminal.ts';
import { UsageError } from '../common/usageError.ts';
import { writeHeldOut } from './heldOut.ts';
import { readWarmUpOptions, type WarmUpOptions } from './options.ts';
import { scoreBase } from './score.ts';
import { trainStages } from './stages.ts';

await runCommand('The base was not made', () => makeBase(readWarmUpOptions(process.argv.slice(2))));
// The engine's threads would keep the process alive.
process.exit();

async function makeBase(options: WarmUpOptions): Promise<void> {
  const { size, level, variant, seed, continues, tokens, priorCotRate, tasksPerTier } = options;
  const name = baseFolder(size, level, variant);
  const folder = join('public', 'bases', name);
  if (!options.heldOutOnly) {
    const line = new StatusLine();
    const from = continues && (await weightsOf(size, level, continues));
    const trained = await trainStages(
      name,
      { ...options, from },
      ({ tokens: done, loss, minutes, updates }, stage) => {
        const wanted = tokens[stage] as number;
        const left = duration((60 * minutes * (wanted - done)) / done);
        const which = tokens.length > 1 ? `stage ${stage + 1} of ${tokens.length}, ` : '';
        line.write(`${bar(done, wanted)} ${which}loss ${loss.toFixed(3)}, ${left} left`, updates % 500 === 0);
      },
    );
    line.done(`Trained ${name} in ${trained.minutes.toFixed(1)} minutes`);
    const { safetensors } = trained;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'model.safetensors'), safetensors);
    console.log('Scoring on the held-out suites …');
    const card = {
      name: `kelvin-${name}`,
      command: options.command,
      size,
      base: variant,
      level,
      parameters: parameterCount(SIZES[size]),
      seed,
      continues,
      priorCotRate,
      tokens: trained.tokens,
      updates: trained.updates,
      loss: Number(trained.loss.toFixed(4)),
      minutes: Number(trained.minutes.toFixed(1)),
      sha256: createHash('sha256').update(safetensors).digest('hex'),
      bytes: safetensors.length,
      scores: await scoreBase({ size, level, variant }, safetensors, tasksPerTier),
    };
    writeJson(join(folder, 'config.json'), toHuggingFaceConfig(SIZES[size]));
    writeJson(join(folder, 'card.json'), card);
    console.log(JSON.stringify(card, null, 2));
  }
  console.log('Answering the held-out suites, at once and forced to think …');
  await writeHeldOut(folder, options);
  console.log(`The base is in ${folder}; \`npm run docs\` shows its card among the results.`);
}

/** The base that is gone on from. Throws a UsageError where it is not there yet. */
async function weightsOf(size: SizeName, level: LevelId, variant: BaseVariant): Promise<Uint8Array> {
  const path = join('public', 'bases', baseFolder(size, level, variant), 'model.safetensors');
  if (existsSync(path)) return readFile(path);
  const flags = `--size ${size} --base ${variant} --level ${level}`;
  throw new UsageError(`This base goes on from another, which is not in ${path}: npm run warmup -- ${flags}`);
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
