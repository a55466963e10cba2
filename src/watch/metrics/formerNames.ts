/** What metrics and detectors were called in the files of an older Kelvin. */
import type { Detection, DetectorName } from '../findings.ts';
import type { StepMetrics } from './table.ts';

const METRIC_NAMES: Readonly<Record<string, keyof StepMetrics>> = {
  behaviours: 'fingerprints',
  learnability: 'solveCounts',
  zeroSignal: 'zeroStdGroups',
};
const DETECTOR_NAMES: Readonly<Record<string, DetectorName>> = { 'zero signal': 'zero-std groups' };

/** A line of a run's metrics or of a curve under today's names. */
export function withPresentNames(line: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).map(([key, value]) => [METRIC_NAMES[key] ?? key, value]));
}

/** A finding under today's name. */
export function presentDetection(detection: Detection): Detection {
  return { ...detection, name: DETECTOR_NAMES[detection.name] ?? detection.name };
}
