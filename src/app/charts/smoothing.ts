import type { Column } from '../../run/columns.ts';

/**
 * Exponential moving average with the bias of the start removed, as experiment trackers draw it.
 * `weight` in [0, 1): 0 leaves the values as they are. Gaps stay gaps and do not pull the average.
 */
export function smooth(values: Column, weight: number): Column {
  if (weight <= 0) return values;
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (value == null) return null;
    average = weight * average + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return average / mass;
  });
}
