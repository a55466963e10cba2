/** What the plot shows, as numbers. */
import type { EngineFigures, Entry } from './results.ts';
import { ENGINES, type EngineName } from './rivals/engine.ts';
import type { Spread } from './statistics.ts';
import { FULL, SWEEP_DIMENSIONS, type SweepDimension, TINY } from './workload.ts';

interface Line {
  engine: EngineName;
  /** By x. */
  points: { x: number; y: Spread }[];
}

/** Step time against one dimension, all others as in the base shape. */
export interface Panel {
  dimension: SweepDimension;
  lines: Line[];
}

/** How many times Kelvin's figure those of the others are. */
interface Ratio {
  label: string;
  values: { engine: EngineName; times: Spread }[];
}

export interface PlotData {
  /** Whose sweep it is; null without one. */
  adapter: string | null;
  /** The sweep's base shape. */
  base: Entry['shape'] | null;
  panels: Panel[];
  ratios: Ratio[];
}

/** A card's sweep where there is one, else a software adapter's. */
export function plotDataOf(entries: readonly Entry[]): PlotData {
  const sweep = entries.filter((entry) => entry.sweep !== null);
  const chosen = (sweep.find(({ adapter }) => !adapter.isFallbackAdapter) ?? sweep[0])?.adapter.name;
  const points = sweep.filter(({ adapter }) => adapter.name === chosen);
  const panels = SWEEP_DIMENSIONS.map((dimension) => ({
    dimension,
    lines: ENGINES.map((engine) => ({
      engine,
      points: points
        .filter((entry) => entry.sweep === dimension || entry.sweep === 'all')
        .flatMap(({ shape, engines }) => {
          const y = engines[engine]?.stepMs;
          return y ? [{ x: shape[dimension], y }] : [];
        })
        .sort((a, b) => a.x - b.x),
    })).filter((line) => line.points.length > 0),
  }));
  const base = points.find((entry) => entry.sweep === 'all')?.shape ?? null;
  return { adapter: chosen ?? null, base, panels, ratios: ratiosOf(entries) };
}

function ratiosOf(entries: readonly Entry[]): Ratio[] {
  const found: Ratio[] = [];
  const add = (
    label: string,
    entry: Entry,
    timesOf: (engine: EngineFigures, kelvin: EngineFigures) => Spread | null,
  ) => {
    const { kelvin } = entry.engines;
    if (!kelvin) return;
    const values = ENGINES.filter((engine) => engine !== 'kelvin').flatMap((engine) => {
      const figures = entry.engines[engine];
      const times = figures ? timesOf(figures, kelvin) : null;
      return times ? [{ engine, times }] : [];
    });
    if (values.length > 0) found.push({ label, values });
  };
  for (const entry of entries.filter(({ sweep }) => sweep === null)) {
    const { shape, adapter, parity } = entry;
    if (!parity && shape.name === FULL.name) {
      add('dispatches per step', entry, over('dispatches'));
      add('submits per step', entry, over('submits'));
      add('CPU time per step', entry, over('cpuMs'));
      add('GPU memory', entry, over('gpuBytes'));
      add('dispatches per sampled token', entry, over('sampleDispatches'));
    } else if (parity) {
      const place = adapter.isFallbackAdapter ? 'software adapter' : adapter.name;
      add(`step time, ${shape.name}, ${place}`, entry, ({ timesKelvin }) => timesKelvin);
      if (shape.name === TINY.name || shape.name === FULL.name) {
        add(`sampling time, ${shape.name}, ${place}`, entry, (engine, kelvin) =>
          quotient(kelvin.sampleTokensPerSecond, engine.sampleTokensPerSecond),
        );
      }
    }
  }
  return found;
}

type Plain = 'dispatches' | 'submits' | 'cpuMs' | 'gpuBytes' | 'sampleDispatches';

const over = (key: Plain) => (engine: EngineFigures, kelvin: EngineFigures) =>
  quotient(engine[key], kelvin[key]);

function quotient(a: number | null, b: number | null): Spread | null {
  if (a === null || b === null || !(b > 0)) return null;
  return { median: a / b, min: a / b, max: a / b };
}
