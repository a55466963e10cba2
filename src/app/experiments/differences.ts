/** Where the configurations of runs differ. */
import { type Config, DEFAULTS, HYPERPARAMETERS } from '../../config/hyperparameters.ts';

export interface Difference {
  key: string;
  label: string;
  /** Of each run, in their order. */
  values: string[];
  paper: string;
}

/** In the order of the table. Configurations may be partial: what is left out is the default. */
export function configDifferences(configs: readonly Partial<Config>[]): Difference[] {
  const whole = configs.map((config) => ({ ...DEFAULTS, ...config }));
  return HYPERPARAMETERS.filter(({ key }) => new Set(whole.map((config) => config[key])).size > 1).map(
    ({ key, label, paperValue }) => ({
      key,
      label,
      values: whole.map((config) => String(config[key])),
      paper: paperValue === null ? '–' : String(paperValue),
    }),
  );
}
