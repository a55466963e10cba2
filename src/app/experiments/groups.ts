/** Kept runs that differ in nothing but the seed, as one. */
import { changedKeys } from '../../config/hyperparameters.ts';
import { PRESETS, presetConfig } from '../../config/presets.ts';
import type { RunEntry } from '../../run/library.ts';
import { said } from '../../words/said.ts';

export interface Group {
  id: string;
  name: string;
  runs: [RunEntry, ...RunEntry[]];
}

/** Runs of equal configuration but for the seed, in the order of the latest of each. */
export function groupsOf(entries: readonly RunEntry[]): Group[] {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const { seed: _, ...rest } = entry.config;
    const key = JSON.stringify([rest, entry.seedProgram, entry.ownBase?.sha256, entry.pretrained]);
    const group = groups.get(key);
    if (group) group.runs.push(entry);
    else groups.set(key, { id: `kept ${entry.id}`, name: entry.name, runs: [entry] });
  }
  return [...groups.values()].map((group) => ({ ...group, name: nameOf(group) }));
}

function nameOf({ name, runs }: Group): string {
  if (runs.length === 1) return name;
  const { preset, config } = runs[0];
  const changed = changedKeys(config, presetConfig(preset)).filter((key) => key !== 'seed').length;
  const seeds = runs.map((run) => run.config.seed).sort((a, b) => a - b);
  const values = { preset: PRESETS[preset].label, seeds: seeds.join(', ') };
  return changed > 0
    ? said('{preset}, {n} changed, seeds {seeds}', { ...values, n: changed })
    : said('{preset}, seeds {seeds}', values);
}
