import { type ReactNode, useId, useMemo, useState } from 'react';
import { again, t } from '../../words/words.ts';
import { Annotations } from '../charts/Annotations.tsx';
import { type ChartData, xAxis } from '../charts/axis.ts';
import { ChartMenu } from '../charts/ChartMenu.tsx';
import { Legend } from '../charts/Legend.tsx';
import type { Line } from '../charts/line.ts';
import { Plot } from '../charts/Plot.tsx';
import { usePlotSpan } from '../charts/plotSpan.ts';
import { Segmented } from '../ui/Bits.tsx';
import { alignCurves, type Drawn, type Found, pinsOn } from './curves.ts';
import { MeasurePicker } from './MeasurePicker.tsx';
import type { Measure } from './measures.ts';

/** Curves of one measure, over the steps where no other axis is given, with a legend that reads them out at the cursor. */
export function CurvesPanel({
  drawn,
  measure,
  onMeasure,
  xSpan,
  axis = STEPS,
  found = [],
  picker,
  children,
}: {
  drawn: readonly Drawn[];
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  xSpan: number;
  axis?: Pick<ChartData, 'xName' | 'isWholeX' | 'formatX' | 'wordsX'>;
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
  const [fits, setFits] = useState(true);
  const [cursor, setCursor] = useState<number | null>(null);
  // New values must not make a new chart: lines that are told in the same words are the same lines.
  const told = JSON.stringify(drawn.map(({ line }) => line));
  const lines = useMemo(() => JSON.parse(told) as Line[], [told]);
  const { x, columns } = useMemo(() => alignCurves(drawn.map(({ curve }) => curve)), [drawn]);
  const hiddenLines = useMemo(
    () => new Set(drawn.flatMap(({ line }, i) => (hidden.has(line.follows ?? line.label) ? [i] : []))),
    [drawn, hidden],
  );
  const named = drawn.flatMap((one, i) =>
    one.line.follows === undefined ? [{ ...one, column: columns[i] ?? [] }] : [],
  );
  const { yRange } = measure;
  const name = again(measure.name);
  const meaning = again(measure.meaning);
  const xMax = Math.max(x.at(-1) ?? 0, xSpan);
  const at = cursor !== null && cursor < x.length ? cursor : null;
  const read = (column: readonly (number | null)[], index: number | null) => {
    const value = latest(column, index);
    return value === null ? null : measure.format(value);
  };
  return (
    <section className="panel chart experiment-chart" aria-labelledby={id}>
      <div className="chart-title">
        <h3 id={id}>{name}</h3>
        <p title={meaning}>{at === null ? meaning : axis.wordsX(x[at] ?? 0)}</p>
        {x.length > 0 && (
          <ChartMenu
            title={measure.name}
            content={() => ({
              title: measure.name,
              xName: axis.xName,
              x,
              lines,
              columns,
              ...(fits ? {} : { yRange }),
            })}
          />
        )}
      </div>
      <MeasurePicker value={measure} onChange={onMeasure}>
        {picker}
        <Segmented
          label={t('Vertical axis')}
          value={fits ? 'fits' : 'whole'}
          onChange={(value) => setFits(value === 'fits')}
          options={[
            { value: 'fits', text: t('fits'), title: t('As far as the values reach') },
            { value: 'whole', text: t('whole'), title: t('From zero, or over all that is possible') },
          ]}
        />
      </MeasurePicker>
      <div className="chart-body">
        <div className="chart-plot" ref={frame}>
          <Plot
            // What was looked at closely on one axis is elsewhere on another.
            key={axis.xName}
            lines={lines}
            x={x}
            columns={columns}
            smoothing={0}
            hidden={hiddenLines}
            yRange={yRange}
            fits={fits}
            hasEndLabels
            xSpan={xSpan}
            isWholeX={axis.isWholeX}
            formatX={axis.formatX}
            formatY={measure.format}
            label={name}
            wordsAt={(i) =>
              [
                axis.wordsX(x[i] ?? 0),
                ...named.map(({ line, column }) => `${again(line.label)} ${read(column, i) ?? t('none')}`),
              ].join(', ')
            }
            onCursor={setCursor}
            onLayout={onLayout}
          />
          <Annotations annotations={pinsOn(measure, found, xMax)} />
          {x.length === 0 && (
            <p className="chart-waits">
              <span>{t('None of these runs measured it.')}</span>
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

const STEPS = xAxis({ steps: [], seconds: [], get: () => [] }, 'steps');

/** The value at a position or, where nothing was measured, the one before; without a position the last. */
function latest(column: readonly (number | null)[], at: number | null): number | null {
  for (let i = at ?? column.length - 1; i >= 0; i--) if (column[i] != null) return column[i] as number;
  return null;
}
