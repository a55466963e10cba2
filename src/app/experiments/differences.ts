/** Where two runs' configurations differ. */
import { type Config, DEFAULTS, HYPERPARAMETERS } from '../../config/hyperparameters.ts';

export interface Difference {
  key: string;
  label: string;
  group: string;
  a: string;
  b: string;
  paper: string;
}

/** In the order of the table. Configurations may be partial: what is left out is the default. */
export function configDifferences(a: Partial<Config>, b: Partial<Config>): Difference[] {
  const [left, right] = [
    { ...DEFAULTS, ...a },
    { ...DEFAULTS, ...b },
  ];
  return HYPERPARAMETERS.filter(({ key }) => left[key] !== right[key]).map(
    ({ key, label, group, paperValue }) => ({
      key,
      label,
      group,
      a: String(left[key]),
      b: String(right[key]),
      paper: paperValue === null ? '–' : String(paperValue),
    }),
  );
}
