import { type ConfigKey, changedKeys, HYPERPARAMETERS } from '../../config/hyperparameters.ts';
import { PRESETS, presetConfig } from '../../config/presets.ts';
import type { Setup } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { compact, withinSentence } from '../format.ts';

/** The preset and what differs from it, apart from what is said beside it. */
export function differences(
  { preset, config, seedProgram, ownBase }: Setup,
  apart: readonly ConfigKey[] = [],
): string {
  const changed = new Set<string>(changedKeys(config, presetConfig(preset)));
  const told = HYPERPARAMETERS.filter(
    ({ key }) => key !== 'seed' && !apart.includes(key) && changed.has(key) && !(ownBase && key === 'base'),
  );
  const parts = [
    t('{preset}, seed {seed}', { preset: again(PRESETS[preset].label), seed: config.seed }),
    ...told.map(({ key, label }) => `${withinSentence(again(label))} ${valueText(config[key])}`),
  ];
  return [
    ...parts,
    ...(ownBase ? [t('from the base “{name}”', { name: ownBase.name })] : []),
    ...(seedProgram ? [t('own seed program')] : []),
  ].join(', ');
}

function valueText(value: string | number | boolean): string {
  return typeof value === 'number' ? compact(value) : again(String(value));
}
