/** What the page says of each detector: the only table of them here. */
import type { DetectorName } from '../watch/metrics.ts';

export const DETECTORS: Readonly<
  Record<
    DetectorName,
    {
      label: string;
      /** Ids of the charts that show what it speaks of. */
      charts: readonly string[];
    }
  >
> = {
  'entropy collapse': { label: 'Entropy collapse', charts: ['entropy'] },
  'entropy rise': { label: 'Entropy rise', charts: ['entropy'] },
  'zero signal': { label: 'Too many zero-std groups', charts: ['zero-signal', 'rewards'] },
  'proposer triviality': { label: 'Trivial proposals', charts: ['new-tasks', 'rewards'] },
  'length explosion': { label: 'Length explosion', charts: ['length'] },
  'validity crash': { label: 'Validity crash', charts: ['valid'] },
  'vanishing thoughts': { label: 'Vanishing thoughts', charts: ['thinking', 'length'] },
  'not a number': { label: 'Not a number', charts: ['gradient', 'entropy', 'rewards'] },
};
