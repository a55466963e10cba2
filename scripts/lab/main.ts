/**
 * `npm run lab -- --preset ci --seed 1 --steps 20 --out runs/demo`: the page's own build, run in headless
 * Chromium, its results written to a folder. `--help` lists every flag.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { retiredSentence } from '../../src/config/retired.ts';
import type { Event } from '../../src/run/protocol.ts';
import { buildIfStale } from '../common/build.ts';
import { launchChromium, openQuietly } from '../common/chromium.ts';
import { runCommand } from '../common/command.ts';
import { DIST, serve } from '../common/server.ts';
import { UsageError } from '../common/usageError.ts';
import { writeKept } from './keeping.ts';
import { type LabOptions, readLabOptions, summarise } from './options.ts';
import { ProgressBar } from './progressBar.ts';
import { Recorder } from './recorder.ts';

/** Name of the function by which the page hands events to this process. */
const BINDING = 'kelvinLabEvent';

await runCommand('The run failed', () => runLab(readLabOptions(process.argv.slice(2))));

function readProgram(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--program: there is no file ${file} that can be read.`);
  }
}

async function runLab(options: LabOptions): Promise<void> {
  const { preset, config, device, out, program, stopAfter, retired, resumed } = options;
  const seedProgram = program === null ? (resumed?.seedProgram ?? null) : readProgram(program);
  buildIfStale();
  const header = { preset, device, config, seedProgram };
  const recorder = new Recorder(resolve(out), header, resumed?.kept.state.step);
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
    const page = await browser.newPage();
    const finished = new Promise<void>((done, fail) => {
      page.on('crash', () => fail(new Error('the page crashed, perhaps for lack of memory.')));
      page.on('close', () => fail(new Error('the page was closed.')));
      page.on('pageerror', (error) => fail(new Error(`the page reported: ${error.message}`)));
      void page
        .exposeFunction(BINDING, (event: Event) => {
          recorder.take(event);
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
            ({ config, options, from, binding }) => {
              const lab = window.kelvin!;
              const send = (window as unknown as Record<string, (event: unknown) => void>)[binding]!;
              lab.onEvent((event) => event.type !== 'checkpoint' && event.type !== 'kept' && send(event));
              lab.start(config, { ...options, from });
            },
            { config, options: { device, seedProgram, stopAfter }, from: resumed, binding: BINDING },
          ),
        )
        .catch(fail);
    });
    await finished;
    const kept = await page.evaluate(() => window.kelvin!.keep());
    recorder.finish();
    if (kept) writeKept(resolve(out), config, kept);
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
