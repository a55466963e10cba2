import type { Rung } from './rungs.ts';

/** The drawing's own units; it is stretched to whatever room there is. */
const WIDTH = 1000;
const HEIGHT = 100;

/** One row: accuracy over steps, the base forced to think, and the strip of new tasks below. */
export function RungPlot({ rung, xMax }: { rung: Rung; xMax: number }) {
  const { x, accuracy, ceiling, newTasks } = rung;
  const measured = x.flatMap((at, i) => {
    const value = accuracy[i];
    return value == null ? [] : [{ left: at / xMax, value }];
  });
  const points = measured.map(({ left, value }) => `${left * WIDTH},${(1 - value) * HEIGHT}`);
  const last = measured.at(-1);
  return (
    <span className="rung-plot" aria-hidden="true">
      <span className="rung-curve">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          focusable="false"
          aria-hidden="true"
        >
          {last && (
            <path
              className="rung-area"
              d={`M${points.join('L')}L${last.left * WIDTH},${HEIGHT}L${(measured[0]?.left ?? 0) * WIDTH},${HEIGHT}Z`}
            />
          )}
          {ceiling !== null && <path className="rung-forced" d={`M0,${(1 - ceiling) * HEIGHT}H${WIDTH}`} />}
          {points.length > 1 && <path className="rung-line" d={`M${points.join('L')}`} />}
        </svg>
        {last && (
          <span
            className="rung-dot"
            style={{ left: `${100 * last.left}%`, top: `${100 * (1 - last.value)}%` }}
          />
        )}
      </span>
      <svg
        className="rung-tasks"
        viewBox={`0 0 ${WIDTH} 1`}
        preserveAspectRatio="none"
        focusable="false"
        aria-hidden="true"
      >
        {newTasks.map(({ from, to, share }) => (
          <rect
            key={to}
            x={(WIDTH * from) / xMax}
            width={(WIDTH * (to - from)) / xMax}
            height="1"
            opacity={share}
          />
        ))}
      </svg>
    </span>
  );
}
