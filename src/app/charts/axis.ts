/** The x axis of the run's charts: steps, minutes or tokens. */
import type { Column, MetricColumns } from '../../run/columns.ts';
import { msg, t } from '../../words/words.ts';
import { compact } from '../format.ts';

export type Axis = 'steps' | 'minutes' | 'tokens';

export interface ChartData {
  x: readonly number[];
  columns: readonly Column[];
  xSpan: number;
  /** Only whole numbers are marked on the axis. */
  isWholeX: boolean;
  /** In English, for the heads of files. */
  xName: string;
  formatX: (value: number) => string;
  /** A position in words: “step 3”. */
  wordsX: (value: number) => string;
}

/** Positions and words of the x axis. */
export function xAxis(
  columns: Pick<MetricColumns, 'steps' | 'seconds' | 'get'>,
  axis: Axis,
): Omit<ChartData, 'columns'> {
  if (axis === 'minutes') {
    const x = columns.seconds.map((seconds) => seconds / 60);
    return {
      x,
      xSpan: 1,
      isWholeX: false,
      xName: msg('minute'),
      formatX: minutes,
      wordsX: (value) => t('minute {minute}', { minute: minutes(value) }),
    };
  }
  if (axis === 'tokens') {
    let sum = 0;
    const trained = columns.get('tokensTrained');
    const x = columns.steps.map((_, at) => {
      sum += trained[at] ?? 0;
      return sum;
    });
    return {
      x,
      xSpan: 1000,
      isWholeX: false,
      xName: msg('trained tokens'),
      formatX: compact,
      wordsX: (value) => t('trained tokens {tokens}', { tokens: compact(value) }),
    };
  }
  return {
    x: columns.steps,
    xSpan: 10,
    isWholeX: true,
    xName: msg('step'),
    formatX: String,
    wordsX: (step) => t('step {step}', { step: String(step) }),
  };
}

const minutes = (value: number) => String(Math.round(value * 100) / 100);
