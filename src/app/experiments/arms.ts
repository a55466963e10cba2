/** Arms of an experiment: their names, and what of them can be started in this tab. */
import { type Config, changedKeys } from '../../config/hyperparameters.ts';
import { PRESETS, type PresetName, presetConfig } from '../../config/presets.ts';
import { type Arm, configOf, type Experiment, type Size } from '../../experiments/definitions.ts';
import type { ArmResult } from '../../experiments/results.ts';

/** An arm at a size. Its size is named where the experiment has more than one. */
export function armLabel(experiment: Experiment, { arm, size }: Pick<ArmResult, 'arm' | 'size'>): string {
  const label = experiment.arms.find(({ name }) => name === arm)?.label ?? arm;
  if (experiment.sizes.length < 2) return label;
  return experiment.arms.length < 2 ? size : `${label}, ${size}`;
}

/** The whole configuration of an arm as it would run here, or the plain sentence that says why it cannot. */
export function configHere(
  arm: Arm,
  size: Size,
  budget: { level: Config['level']; steps: number; seed: number },
): { config: Config; problem: null } | { config: null; problem: string } {
  try {
    return { config: configOf(arm, { size, ...budget }), problem: null };
  } catch (error) {
    return { config: null, problem: (error as Error).message };
  }
}

/** The preset that a configuration differs least from: the shortest link. */
export function closestPreset(config: Config): PresetName {
  const names = Object.keys(PRESETS) as PresetName[];
  const changes = (name: PresetName) => changedKeys(config, presetConfig(name)).length;
  return names.reduce((best, name) => (changes(name) < changes(best) ? name : best));
}
