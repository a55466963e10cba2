/** What the page says of each detector: the only table of them here. */
import type { DetectorName } from '../watch/findings.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { msg } from '../words/words.ts';

export const DETECTORS: Readonly<
  Record<
    DetectorName,
    {
      label: string;
      /** The metrics that it speaks of: its findings are pinned on their charts. */
      metrics: readonly (keyof StepMetrics)[];
    }
  >
> = {
  'entropy collapse': { label: msg('Entropy collapse'), metrics: ['entropy'] },
  'entropy rise': { label: msg('Entropy rise'), metrics: ['entropy'] },
  'zero-std groups': { label: msg('Too many zero-std groups'), metrics: ['zeroStdGroups', 'reward'] },
  'proposer triviality': { label: msg('Trivial proposals'), metrics: ['newTasks', 'fingerprints', 'reward'] },
  'length explosion': { label: msg('Length explosion'), metrics: ['responseLength'] },
  'validity crash': { label: msg('Validity crash'), metrics: ['validRate'] },
  'vanishing thoughts': { label: msg('Vanishing thoughts'), metrics: ['thinkShare', 'responseLength'] },
  'not a number': { label: msg('Not a number'), metrics: ['gradNorm', 'entropy', 'klToBase', 'reward'] },
};

/** Whose findings are pinned on the chart of a metric. */
export function detectorsOf(metric: string): DetectorName[] {
  const all = Object.entries(DETECTORS) as [DetectorName, { metrics: readonly string[] }][];
  return all.flatMap(([name, { metrics }]) => (metrics.includes(metric) ? name : []));
}
