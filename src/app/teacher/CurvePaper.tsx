import { again, t } from '../../words/words.ts';
import { count, hundredths } from '../format.ts';
import type { CurveExercise } from '../lessons/lesson.ts';

const WIDTH = 480;
const HEIGHT = 190;
const MARGIN = { left: 46, right: 14, top: 10, bottom: 34 };
const ROWS = 4;

/** Empty axes to draw a guess into. */
export function CurvePaper({ exercise: { at, range, unit, label } }: { exercise: CurveExercise }) {
  const [low, high] = range;
  const [first, last] = [at[0] ?? 0, at.at(-1) ?? 1];
  const x = (step: number) =>
    MARGIN.left + ((step - first) / Math.max(1, last - first)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (row: number) => MARGIN.top + (row / ROWS) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const valueAt = (row: number) => high - (row / ROWS) * (high - low);
  return (
    <figure className="sheet-curve">
      <figcaption>{again(label)}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('Empty axes to draw into')}>
        {Array.from({ length: ROWS + 1 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <g key={row}>
            <path d={`M${MARGIN.left} ${y(row)}H${WIDTH - MARGIN.right}`} />
            <text x={MARGIN.left - 6} y={y(row) + 4} textAnchor="end">
              {unit === 'share' || high - low < ROWS ? hundredths(valueAt(row)) : count(valueAt(row))}
            </text>
          </g>
        ))}
        {at.map((step) => (
          <g key={step}>
            <path d={`M${x(step)} ${MARGIN.top}V${y(ROWS)}`} />
            <text x={x(step)} y={y(ROWS) + 15} textAnchor="middle">
              {count(step)}
            </text>
          </g>
        ))}
        <text x={WIDTH - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
          {t('step')}
        </text>
      </svg>
    </figure>
  );
}
