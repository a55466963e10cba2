/**
 * `npm run lab -- --preset ci --seed 1 --steps 20 --out runs/demo`: the page's own build, run in headless
 * Chromium, its results written to a folder. `--help` lists every flag.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { changedKeys, HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { DEFAULT_PRESET, isPresetName, PRESETS, presetConfig } from '../../src/config/presets.ts';
import { retiredSentence } from '../../src/config/retired.ts';
import { keptRun, keptText } from '../../src/run/keptText.ts';
import type { Event } from '../../src/run/protocol.ts';
import { packRecording } from '../../src/run/replay/file.ts';
import type { Setup } from '../../src/run/session.ts';
import { isTold } from '../../src/run/told.ts';
import { buildIfStale } from '../common/build.ts';
import { launchChromium, openQuietly } from '../common/chromium.ts';
import { runCommand } from '../common/command.ts';
import { Recorder } from '../common/recorder.ts';
import { DIST, serve } from '../common/server.ts';
import { UsageError } from '../common/usageError.ts';
import { type LabOptions, readLabOptions, summarise } from './options.ts';
import { ProgressBar } from './progressBar.ts';

/** Name of the function by which the page hands events to this process. */
const BINDING = 'kelvinLabEvent';
/**
 * Seconds a stage is shown where a run is recorded: hardly any, but in slow motion a step is worked out before it is
 * told, so that the recording follows a task that was solved sometimes.
 */
const RECORDED_PACE = 0.001;

await runCommand('The run failed', () => runLab(readLabOptions(process.argv.slice(2))));

function readProgram(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--program: there is no file ${file} that can be read.`);
  }
}

async function runLab(options: LabOptions): Promise<void> {
  const { preset, config, device, out, program, record, stopAfter, retired, resumed } = options;
  const seedProgram = program === null ? (resumed?.header.seedProgram ?? null) : readProgram(program);
  buildIfStale();
  const header = { ...resumed?.header, preset, device, config, seedProgram };
  const recorder = new Recorder(resolve(out), header, resumed);
  const from = resumed && {
    kept: keptText(resumed.run),
    // Nobody looks at the page: what it would draw stays here.
    events: resumed.events.filter(({ type }) => type === 'step'),
  };
  const told: Event[] = record === null ? [] : [...(resumed?.events ?? [])];
  const progress = new ProgressBar(config.steps);
  if (retired.length > 0) console.error(retiredSentence(retired));
  console.error(`${summarise(options)} → ${out}`);

  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  const stop = () => {
    void browser.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const finished = new Promise<void>((done, fail) => {
      page.on('crash', () => fail(new Error('the page crashed, perhaps for lack of memory.')));
      page.on('close', () => fail(new Error('the page was closed.')));
      page.on('pageerror', (error) => fail(new Error(`the page reported: ${error.message}`)));
      void page
        .exposeFunction(BINDING, (event: Event) => {
          recorder.take(event);
          if (record !== null && isTold(event)) told.push(event);
          if (event.type === 'progress' && event.progress) progress.prepare(event.progress);
          else if (event.type === 'step') progress.step(event.metrics);
          else if (event.type === 'engine' && device !== 'auto' && event.backend !== device) {
            const reason = recorder.notices.at(-1)?.message ?? '';
            fail(
              new Error(`${device} was asked for, but this browser only offers ${event.backend}. ${reason}`),
            );
          } else if (event.type === 'fault' && event.fault.fatal) {
            fail(new Error(`${event.fault.message} ${event.fault.remedy}`));
          } else if (event.type === 'state' && event.state === 'finished') done();
          else if (event.type === 'state' && event.state === 'paused') done();
        })
        .then(() => openQuietly(page, server.url))
        .then(() =>
          page.evaluate(
            ({ config, options, from, binding, pace }) => {
              const lab = window.kelvin!;
              const send = (window as unknown as Record<string, (event: unknown) => void>)[binding]!;
              lab.onEvent((event) => event.type !== 'checkpoint' && event.type !== 'kept' && send(event));
              lab.slowMotion(pace);
              lab.start(config, { ...options, from });
            },
            {
              config,
              options: { device, seedProgram, stopAfter },
              from,
              binding: BINDING,
              pace: record === null ? 0 : RECORDED_PACE,
            },
          ),
        )
        .catch(fail);
    });
    await finished;
    const kept = await page.evaluate(() => window.kelvin!.keep());
    if (kept) recorder.finish(keptRun(kept));
    if (record !== null) await writeRecording(record, { preset, config, device, seedProgram }, told);
    for (const { message } of recorder.notices) console.error(message);
    const step = kept?.state.step ?? 0;
    progress.done(
      step < config.steps
        ? `Stopped after step ${step}; npm run lab -- --resume ${out} goes on`
        : `Finished ${config.steps} steps; results in ${out}`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

async function writeRecording(
  file: string,
  {
    preset: named,
    config,
    device,
    seedProgram,
  }: Pick<LabOptions, 'preset' | 'config' | 'device'> & Pick<Setup, 'seedProgram'>,
  events: readonly Event[],
): Promise<void> {
  const preset = isPresetName(named) ? named : DEFAULT_PRESET;
  // The number of steps is seen; what else is changed is what the recording is about.
  const changed = new Set<string>(changedKeys(config, presetConfig(preset)));
  const changes = HYPERPARAMETERS.filter(
    ({ key }) => key !== 'seed' && key !== 'steps' && changed.has(key),
  ).map(
    ({ key, label }) =>
      `${label.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())} ${config[key]}`,
  );
  const name = [`${PRESETS[preset].label}, seed ${config.seed}`, ...changes].join(', ');
  const setup = { preset, config, device, seedProgram, ownBase: null };
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, await packRecording({ name, setup, events }));
}
