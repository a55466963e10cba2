/**
 * How soon the page answers while a run trains beside it: opens the built page in Chromium, starts a run in the trainer's
 * worker, presses what a visitor presses, and reads from the browser's own event timing how long each press took until
 * the screen showed it, and from its trace for how long each task held the main thread.
 */
import type { Page } from '@playwright/test';
import { buildIfStale } from '../scripts/common/build.ts';
import { launchChromium } from '../scripts/common/chromium.ts';
import { DIST, serve } from '../scripts/common/server.ts';
import type { Target } from './targets.ts';

// More steps than there will be, so that the run goes on to the last press.
const QUERY = '?preset=demo-nano&device=wasm&steps=10000';

/** A press is slow from so many milliseconds on. */
const SLOW = 100;
/** Milliseconds after a press in which what it caused is counted. */
const SETTLED_MS = 2_000;

/** One sort of press, over all rounds; times are the worst, in milliseconds. */
export interface PressTimes {
  name: string;
  presses: number;
  /** Until the screen showed it, by the browser's event timing. */
  shown: number;
  /** The longest task of the page's main thread meanwhile: by the clock, and the processor's time of it. */
  longest: number;
  processor: number;
  /** Tasks that took the processor longer than {@link SLOW}: a busy machine does not add to them. */
  slowTasks: number;
}

interface Press {
  name: string;
  press(page: Page): Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const PRESSES: readonly Press[] = [
  ...[/^Buffer/, /^Lab$/, /^Runs/, /^Experiments$/, /^Lab$/].map((name) => ({
    name: `view ${name.source.replace(/[\^$]/g, '')}`,
    press: (page: Page) =>
      page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click(),
  })),
  { name: 'Pause', press: (page) => button(page, 'Pause').click() },
  { name: 'Resume', press: (page) => button(page, 'Resume').click() },
  {
    name: 'task drawer',
    press: (page) => page.getByRole('region', { name: 'Newest tasks' }).getByRole('button').first().click(),
  },
  { name: 'close the drawer', press: (page) => page.keyboard.press('Escape') },
  { name: 'Glossary', press: (page) => button(page, 'Glossary').click() },
  { name: 'close the glossary', press: (page) => page.keyboard.press('Escape') },
  { name: 'chart, keyboard cursor', press: (page) => page.keyboard.press('ArrowLeft') },
  { name: 'chart, zoom in', press: (page) => page.keyboard.press('+') },
  { name: 'chart, whole', press: (page) => page.keyboard.press('0') },
];

/** Presses everything `rounds` times while a run trains; `say` hears of its progress. */
export async function measureInteractions(
  rounds: number,
  say: (line: string) => void,
): Promise<PressTimes[]> {
  buildIfStale();
  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    // Pause waits for the end of a phase, and a busy machine takes its time.
    page.setDefaultTimeout(300_000);
    // What the compiler calls in functions that it hands over.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await page.goto(`${server.url}${QUERY}`);
    await page.evaluate(watch);
    await button(page, 'Start').click();
    say('waits for the second step');
    await page.waitForFunction(() => (window.kelvin?.snapshot().step ?? 0) >= 2, undefined, {
      timeout: 600_000,
    });
    const times = new Map<string, PressTimes>();
    for (let round = 0; round < rounds; round++) {
      for (const { name, press } of PRESSES) {
        if (name.startsWith('chart, keyboard'))
          await page
            .getByRole('slider', { name: /: cursor$/ })
            .first()
            .focus();
        await page.evaluate(() => window.pressTimes?.splice(0));
        await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
        await press(page);
        // The browser tells of an event once the next frame is on the screen.
        await page.waitForTimeout(SETTLED_MS);
        const tasks = mainThreadTasks((await browser.stopTracing()).toString());
        const shown = await page.evaluate(() => window.pressTimes ?? []);
        times.set(name, merged(times.get(name) ?? NONE(name), shown, tasks));
      }
      say(`round ${round + 1} of ${rounds}`);
    }
    return [...times.values()];
  } finally {
    await browser.close();
    await server.close();
  }
}

declare global {
  interface Window {
    /** Milliseconds from an event to the frame that shows it. */
    pressTimes?: number[];
  }
}

/** In the page: writes down what the browser tells of events that took two frames or more. */
function watch(): void {
  const told: number[] = [];
  window.pressTimes = told;
  new PerformanceObserver((list) => {
    told.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

interface Task {
  /** Milliseconds by the clock, and of the processor. */
  clock: number;
  processor: number;
}

/** What a trace of Chromium has of each event, times in microseconds. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
}

/** The tasks of the thread that events were dispatched in. */
function mainThreadTasks(trace: string): Task[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const dispatch = traceEvents.find(({ name }) => name === 'EventDispatch');
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && pid === dispatch?.pid && tid === dispatch.tid)
    .map(({ dur = 0, tdur = 0 }) => ({ clock: dur / 1000, processor: tdur / 1000 }));
}

const NONE = (name: string): PressTimes => ({
  name,
  presses: 0,
  shown: 0,
  longest: 0,
  processor: 0,
  slowTasks: 0,
});

function merged(before: PressTimes, shown: readonly number[], tasks: readonly Task[]): PressTimes {
  return {
    ...before,
    presses: before.presses + 1,
    shown: Math.max(before.shown, ...shown),
    longest: Math.max(before.longest, ...tasks.map(({ clock }) => clock)),
    processor: Math.max(before.processor, ...tasks.map(({ processor }) => processor)),
    slowTasks: before.slowTasks + tasks.filter(({ processor }) => processor > SLOW).length,
  };
}

/** The counts as lines: no press may hold the main thread for long; what the clock says is told beside it. */
export function interactionTargets(times: readonly PressTimes[], where: string): Target[] {
  return times.map(({ name, presses, shown, longest, processor, slowTasks }) => ({
    figure: `${name}, tasks over ${SLOW} ms`,
    where: `${presses} presses, ${where}; worst: shown in ${shown.toFixed(0)} ms, longest task ${longest.toFixed(0)} ms, of the processor ${processor.toFixed(0)} ms`,
    wanted: 'none',
    measured: String(slowTasks),
    met: slowTasks === 0,
  }));
}
