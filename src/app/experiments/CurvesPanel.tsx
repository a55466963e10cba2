import { type ReactNode, useId, useMemo, useState } from 'react';
import { Annotations } from '../charts/Annotations.tsx';
import { Legend } from '../charts/Legend.tsx';
import { type Line, Plot } from '../charts/Plot.tsx';
import { usePlotSpan } from '../charts/plotSpan.ts';
import { alignCurves, type Curve, type Found, pinsOn } from './curves.ts';
import { MeasurePicker } from './MeasurePicker.tsx';
import type { Measure } from './measures.ts';

export interface Drawn {
  line: Line;
  curve: Curve;
  /** Label of the line that it belongs to and is hidden with; such a line is not in the legend. */
  follows: string | null;
}

/** Curves of one measure over the steps, with a legend that reads them out at the cursor. */
export function CurvesPanel({
  drawn,
  measure,
  onMeasure,
  xSpan,
  found = [],
  picker,
  children,
}: {
  drawn: readonly Drawn[];
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  xSpan: number;
  /** What the detectors saw in the drawn runs; the measure says what of it is pinned. */
  found?: readonly Found[];
  /** Beside the choice of the measure. */
  picker?: ReactNode;
  /** Below the legend. */
  children?: ReactNode;
}) {
  const id = useId();
  const { frame, onLayout } = usePlotSpan();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);
  // New values must not make a new chart: lines that are told in the same words are the same lines.
  const told = JSON.stringify(drawn.map(({ line }) => line));
  const lines = useMemo(() => JSON.parse(told) as Line[], [told]);
  const { x, columns } = useMemo(() => alignCurves(drawn.map(({ curve }) => curve)), [drawn]);
  const hiddenLines = useMemo(
    () => new Set(drawn.flatMap(({ line, follows }, i) => (hidden.has(follows ?? line.label) ? [i] : []))),
    [drawn, hidden],
  );
  const named = drawn.flatMap((one, i) =>
    one.follows === null ? [{ ...one, column: columns[i] ?? [] }] : [],
  );
  const xMax = Math.max(x.at(-1) ?? 0, xSpan);
  const at = cursor !== null && cursor < x.length ? cursor : null;
  const read = (column: readonly (number | null)[], index: number | null) => {
    const value = latest(column, index);
    return value === null ? null : measure.format(value);
  };
  return (
    <section className="panel chart experiment-chart" aria-labelledby={id}>
      <div className="chart-title">
        <h3 id={id}>{measure.name}</h3>
        <p title={measure.meaning}>{at === null ? measure.meaning : `step ${x[at]}`}</p>
      </div>
      <MeasurePicker value={measure} onChange={onMeasure}>
        {picker}
      </MeasurePicker>
      <div className="chart-body">
        <div className="chart-plot" ref={frame}>
          <Plot
            lines={lines}
            x={x}
            columns={columns}
            smoothing={0}
            hidden={hiddenLines}
            yRange={measure.yRange}
            xSpan={xSpan}
            formatY={measure.format}
            label={measure.name}
            wordsAt={(i) =>
              [
                `step ${x[i]}`,
                ...named.map(({ line, column }) => `${line.label} ${read(column, i) ?? 'none'}`),
              ].join(', ')
            }
            onCursor={setCursor}
            onLayout={onLayout}
          />
          <Annotations annotations={pinsOn(measure, found, xMax)} xMax={xMax} />
          {x.length === 0 && (
            <p className="chart-waits">
              <span>None of these runs measured it.</span>
            </p>
          )}
        </div>
        <div className="chart-side">
          <Legend
            lines={named.map(({ line }) => line)}
            values={named.map(({ column }) => read(column, at))}
            hidden={new Set(named.flatMap(({ line }, i) => (hidden.has(line.label) ? [i] : [])))}
            onToggle={(i) => {
              const label = named[i]?.line.label ?? '';
              const next = new Set(hidden);
              if (!next.delete(label)) next.add(label);
              setHidden(next);
            }}
          />
          {children}
        </div>
      </div>
    </section>
  );
}

/** The value at a position or, where nothing was measured, the one before; without a position the last. */
function latest(column: readonly (number | null)[], at: number | null): number | null {
  for (let i = at ?? column.length - 1; i >= 0; i--) if (column[i] != null) return column[i] as number;
  return null;
}
