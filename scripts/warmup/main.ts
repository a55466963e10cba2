/**
 * `npm run warmup -- --size small --level 1`: makes a shipped base. Examples come from the TypeScript generator, the long
 * training runs in the PyTorch mirror (bridge/), the scores come from the page's own engine. `--help` lists every flag.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterCount, SIZES } from '../../src/reasoner/config.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { runCommand } from '../common/command.ts';
import { UsageError } from '../common/usageError.ts';
import { exportCorpus, isWritten } from './export.ts';
import { writeHeldOut } from './heldOut.ts';
import { readWarmUpOptions, type WarmUpOptions } from './options.ts';
import { scoreBase } from './score.ts';

await runCommand('The base was not made', () => makeBase(readWarmUpOptions(process.argv.slice(2))));
// The engine's threads would keep the process alive.
process.exit();

async function makeBase(options: WarmUpOptions): Promise<void> {
  const { size, level, seed, stages, priorCotRate, tasksPerTier } = options;
  const name = baseFolder(size, level);
  const shipped = join('public', 'bases', name);
  if (options.heldOutOnly) {
    console.log('Answering the held-out suites, at once and forced to think …');
    await writeHeldOut(shipped, options);
    console.log(`The outcomes are in ${shipped}/held-out.json.`);
    return;
  }
  const out = join('runs', `warmup-${name}`);
  if (!options.scoreOnly) await trainBase(out, options);
  console.log('Scoring on the held-out suites …');
  const safetensors = readFileSync(join(out, 'model.f16.safetensors'));
  const scores = await scoreBase({ size, level }, safetensors, tasksPerTier);
  const progress = JSON.parse(readFileSync(join(out, 'progress.json'), 'utf8')) as {
    tokens: number;
    update: number;
    loss: number;
    seconds: number;
  };
  const card = {
    name: `kelvin-${name}`,
    command: `npm run warmup -- --size ${size} --level ${level} --seed ${seed} --tokens ${stages.join()} --prior-cot-rate ${priorCotRate}`,
    size,
    level,
    parameters: parameterCount(SIZES[size]),
    seed,
    priorCotRate,
    tokens: progress.tokens,
    updates: progress.update,
    loss: Number(progress.loss.toFixed(4)),
    minutes: Number((progress.seconds / 60).toFixed(1)),
    sha256: createHash('sha256').update(safetensors).digest('hex'),
    bytes: safetensors.length,
    scores,
  };
  mkdirSync(shipped, { recursive: true });
  copyFileSync(join(out, 'model.f16.safetensors'), join(shipped, 'model.safetensors'));
  copyFileSync(join(out, 'config.json'), join(shipped, 'config.json'));
  writeFileSync(join(shipped, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeHeldOut(shipped, options);
  console.log(JSON.stringify(card, null, 2));
  console.log(`The base is in ${shipped}; \`npm run docs\` shows its card among the results.`);
}

/** Writes the examples where they are not written yet, and trains through all stages. */
async function trainBase(out: string, options: WarmUpOptions): Promise<void> {
  const { level, seed, stages, priorCotRate } = options;
  const data = join(out, 'data');
  const written = isWritten(data, { level, seed, stages, priorCotRate });
  if (written === 'all') console.log(`Using the examples in ${data}.`);
  else {
    console.log(`Writing ${Math.max(...stages) / 1e6} M tokens of examples to ${data} …`);
    // Nothing is gone on with that was trained on other examples.
    rmSync(written === 'beginning' ? data : out, { recursive: true, force: true });
    exportCorpus({ folder: data, level, seed, stages, priorCotRate });
  }
  for (const budget of stages) await train(budget, out, options);
}

/** Trains up to a budget of tokens; where that is reached already, nothing is done. */
function train(budget: number, out: string, { size, seed, python }: WarmUpOptions): Promise<void> {
  const args = ['bridge/train.py', '--size', size, '--data', join(out, 'data'), '--out', out];
  args.push('--tokens', String(budget), '--seed', String(seed), '--half', '--resume');
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, { stdio: 'inherit' });
    child.on('error', () =>
      reject(new UsageError(`“${python}” could not be started; name a Python with PyTorch by --python.`)),
    );
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('the training ended early (see above). bridge/README.md says what it needs.'));
    });
  });
}
