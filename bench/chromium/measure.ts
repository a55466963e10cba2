/** The measurements in Chromium: time, and counts, on whatever adapter it has. */

import { type Adapter, adapterName, type Entry, sessionFigures } from '../results.ts';
import { ENGINES, type EngineName } from '../rivals/engine.ts';
import type { SessionPlan, SessionResults } from '../session.ts';
import { distance } from '../statistics.ts';
import { FULL, LARGER, sweepPoints, TINY } from '../workload.ts';
import { openPage } from './browser.ts';

export type Measured = Pick<Entry, 'adapter' | 'shape' | 'sweep' | 'engines' | 'parity'>;

/** Relative distance of the losses above which engines did not compute the same thing. */
const TOLERANCE = 1e-3;

/**
 * All shapes that the adapter can be asked for. `browser` names the browser. Throws when there is no adapter, or
 * when the engines' losses part: then there is nothing to compare.
 */
export async function measureInChromium(
  quick: boolean,
  say: (line: string) => void,
): Promise<{ entries: Measured[]; browser: string }> {
  const page = await openPage(say);
  try {
    const { adapter: info } = await page.ask(null);
    if (!info) throw new Error('The browser has no WebGPU adapter');
    const adapter = adapterName(info);
    say(`adapter: ${adapter.name}`);
    const entries: Measured[] = [];
    for (const { plan, sweep } of plans(info.isFallbackAdapter, quick)) {
      const { results } = await page.ask(plan);
      entries.push(entryOf(adapter, plan, sweep, results));
    }
    return { entries, browser: page.version };
  } finally {
    await page.close();
  }
}

function plans(software: boolean, quick: boolean): { plan: SessionPlan; sweep: Entry['sweep'] }[] {
  const rounds = software ? (quick ? 3 : 5) : quick ? 10 : 30;
  const samplingRounds = quick ? 1 : 3;
  const sampling = software ? { rows: 64, tokens: 16 } : { rows: 256, tokens: 48 };
  const compared = software ? [TINY] : [TINY, FULL];
  const main = compared.map((shape) => ({
    plan: { shape, engines: ENGINES, warmUp: 5, rounds, sampling: { ...sampling, rounds: samplingRounds } },
    sweep: null,
  }));
  const alone = (software ? [] : LARGER).map((shape) => ({
    plan: { shape, engines: ['kelvin' as const], warmUp: 5, rounds, sampling: null },
    sweep: null,
  }));
  const points = sweepPoints(software, quick).map(({ shape, sweep }) => ({
    plan: { shape, engines: ENGINES, warmUp: 2, rounds: software && quick ? 3 : 7, sampling: null },
    sweep,
  }));
  return [...main, ...alone, ...points];
}

function entryOf(
  adapter: Adapter,
  { shape, warmUp }: SessionPlan,
  sweep: Entry['sweep'],
  results: SessionResults,
): Measured {
  const { kelvin } = results;
  const names = Object.keys(results) as EngineName[];
  const far = Math.max(...names.map((name) => distance(results[name]!.losses, kelvin?.losses ?? [])));
  if (far > TOLERANCE) {
    const losses = names.map((name) => `${name} ${results[name]!.losses.join(', ')}`).join('; ');
    throw new Error(`The engines' losses part on the shape ${shape.name}, so times mean nothing: ${losses}`);
  }
  const engines = Object.fromEntries(
    names.map((name) => [name, sessionFigures(shape, results[name]!, kelvin)]),
  );
  return { adapter, shape, sweep, engines, parity: { steps: warmUp, distance: far } };
}
