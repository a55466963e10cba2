import { type KeyboardEvent, type PointerEvent, useId, useRef } from 'react';
import { again, t } from '../../../words/words.ts';
import type { Curve } from '../../experiments/curves.ts';

const WIDTH = 310;
const HEIGHT = 190;
const EDGE = { left: 40, right: 12, top: 10, bottom: 34 };
/** Parts of the range that an arrow key moves a point by, and Page Up or Down. */
const FINE = 0.02;
const COARSE = 0.1;

/** A guess as points to drag, and where it is known the true curve beside it. */
export function CurvePlot({
  label,
  at,
  range: [low, high],
  format,
  guess,
  truth,
  onGuess,
}: {
  label: string;
  at: readonly number[];
  range: readonly [number, number];
  format: (value: number) => string;
  guess: readonly number[];
  /** Null while it is guessed. */
  truth: Curve | null;
  onGuess: (guess: number[]) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const caption = useId();
  const [first, last] = [at[0] ?? 0, at.at(-1) ?? 1];
  const x = (step: number) =>
    EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * (step - first)) / (last - first);
  const y = (value: number) =>
    HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * (value - low)) / (high - low);
  const set = (index: number, value: number) =>
    onGuess(guess.map((old, each) => (each === index ? Math.min(high, Math.max(low, value)) : old)));

  /** Draws under the pointer: the nearest step takes its height. */
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    const matrix = svg.current?.getScreenCTM();
    if (truth !== null || event.buttons === 0 || !matrix) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const distances = at.map((step, index) => (index === 0 ? Infinity : Math.abs(x(step) - point.x)));
    const share = (HEIGHT - EDGE.bottom - point.y) / (HEIGHT - EDGE.top - EDGE.bottom);
    set(distances.indexOf(Math.min(...distances)), low + share * (high - low));
  };
  const press = (index: number) => (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(index, (guess[index] ?? low) + by * (high - low));
  };
  const line = (points: readonly { step: number; value: number }[]) =>
    points.map(({ step, value }, index) => `${index ? 'L' : 'M'}${x(step)} ${y(value)}`).join('');
  const known = truth?.x.flatMap((step, index) => {
    const value = truth.values[index];
    return value == null || step < first || step > last ? [] : [{ step, value }];
  });
  return (
    <figure className="curve">
      <figcaption id={caption}>{again(label)}</figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no drawing */}
      <svg
        ref={svg}
        role="group"
        aria-labelledby={caption}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        direction="ltr"
        data-open={truth !== null}
        onPointerDown={drag}
        onPointerMove={drag}
      >
        {[low, (low + high) / 2, high].map((value) => (
          <g key={value}>
            <path className="curve-grid" d={`M${EDGE.left} ${y(value)}H${WIDTH - EDGE.right}`} />
            <text x={EDGE.left - 5} y={y(value) + 4} textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        <g>
          {at.map((step) => (
            <text key={step} x={x(step)} y={HEIGHT - EDGE.bottom + 15} textAnchor="middle">
              {step}
            </text>
          ))}
          <text x={(WIDTH + EDGE.left) / 2} y={HEIGHT - 4} textAnchor="middle">
            {t('step')}
          </text>
        </g>
        <path
          className="curve-guess"
          d={line(at.map((step, index) => ({ step, value: guess[index] ?? low })))}
        />
        {known && <path className="curve-truth" d={line(known)} />}
        {at.map((step, index) =>
          index === 0 || truth !== null ? (
            <circle key={step} className="curve-point" cx={x(step)} cy={y(guess[index] ?? low)} r={3.5} />
          ) : (
            <circle
              key={step}
              className="curve-point"
              cx={x(step)}
              cy={y(guess[index] ?? low)}
              r={8}
              role="slider"
              tabIndex={0}
              aria-label={t('Your guess at step {step}', { step: `${step}` })}
              aria-orientation="vertical"
              aria-valuemin={low}
              aria-valuemax={high}
              aria-valuenow={guess[index]}
              aria-valuetext={format(guess[index] ?? low)}
              onKeyDown={press(index)}
            />
          ),
        )}
      </svg>
      {known && (
        <div className="visually-hidden">
          <table>
            <caption>{again(label)}</caption>
            <thead>
              <tr>
                <th scope="col">{t('step')}</th>
                <th scope="col">{t('true')}</th>
              </tr>
            </thead>
            <tbody>
              {known.map(({ step, value }) => (
                <tr key={step}>
                  <td>{step}</td>
                  <td>{format(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}

/** By how much of the range a key moves a point. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowUp: FINE,
  ArrowRight: FINE,
  ArrowDown: -FINE,
  ArrowLeft: -FINE,
  PageUp: COARSE,
  PageDown: -COARSE,
  Home: -1,
  End: 1,
};
