import { type ReactNode, useId, useMemo, useState } from 'react';
import type { Column } from '../../run/columns.ts';
import { Info } from '../ui/Bits.tsx';
import { Annotations } from './Annotations.tsx';
import type { Annotation } from './annotations.ts';
import { Legend } from './Legend.tsx';
import { type Line, Plot } from './Plot.tsx';
import { usePlotSpan } from './plotSpan.ts';

/** What a chart says about itself before it has a single value. */
export interface ChartText {
  title: string;
  /** One line: what it means. */
  meaning: string;
  /** More about it, for who asks. */
  more?: string;
  /** What a healthy run looks like. */
  healthy: string;
  /** What to do when it does not. */
  otherwise: string;
  /** Ids of the terms of the glossary that it uses. */
  terms?: readonly string[];
}

export interface ChartCardProps {
  text: ChartText;
  lines: readonly Line[];
  x: readonly number[];
  xName: string;
  columns: readonly Column[];
  smoothing: number;
  xSpan: number;
  isWholeX: boolean;
  yRange?: readonly [number, number];
  formatX?: (value: number) => string;
  formatY: (value: number) => string;
  legend?: 'side' | 'below';
  /** Controls in the title line. */
  controls?: ReactNode;
  /** Beside the chart, under a side legend. */
  aside?: ReactNode;
  className?: string;
  /** Findings to mark along x. */
  annotations?: readonly Annotation[];
}

/** A chart with its title, meaning, legend and, for screen readers, a table of its latest values. */
export function ChartCard(props: ChartCardProps) {
  const { text, lines, x, xName, columns, formatY, formatX = String, legend = 'below' } = props;
  const id = useId();
  const { frame, onLayout } = usePlotSpan();
  const [cursor, setCursor] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set<number>());
  const toggle = (line: number) => {
    const next = new Set(hidden);
    if (!next.delete(line)) next.add(line);
    setHidden(next);
  };
  const at = cursor !== null && cursor < x.length ? cursor : null;
  const values = useMemo(
    () => lines.map((_, line) => write(valueAt(columns[line] ?? [], at), formatY)),
    [lines, columns, at, formatY],
  );
  const wordsAt = (index: number) =>
    [
      `${xName} ${formatX(x[index] ?? 0)}`,
      ...lines.map((line, n) => `${line.label} ${write(columns[n]?.[index], formatY) ?? 'none'}`),
    ].join(', ');

  return (
    <section className={`panel chart ${props.className ?? ''}`} data-legend={legend} aria-labelledby={id}>
      <div className="chart-title">
        <h3 id={id}>{text.title}</h3>
        <p title={text.meaning}>{at === null ? text.meaning : `${xName} ${formatX(x[at] ?? 0)}`}</p>
        {props.controls}
        <Info title={text.title} terms={text.terms}>
          <p>{text.meaning}</p>
          {text.more && <p>{text.more}</p>}
          <dl>
            <dt>Healthy</dt>
            <dd>{text.healthy}</dd>
            <dt>If not</dt>
            <dd>{text.otherwise}</dd>
          </dl>
        </Info>
      </div>
      <div className="chart-body">
        <div className="chart-plot" ref={frame}>
          <Plot
            lines={lines}
            x={x}
            columns={columns}
            smoothing={props.smoothing}
            hidden={hidden}
            yRange={props.yRange}
            xSpan={props.xSpan}
            isWholeX={props.isWholeX}
            formatX={formatX}
            formatY={formatY}
            label={text.title}
            wordsAt={wordsAt}
            onCursor={setCursor}
            onLayout={onLayout}
          />
          <Annotations annotations={props.annotations ?? []} xMax={Math.max(x.at(-1) ?? 0, props.xSpan)} />
          {x.length === 0 && (
            <p className="chart-waits">
              <span>{text.healthy}</span>
            </p>
          )}
        </div>
        <div className="chart-side">
          <Legend lines={lines} values={values} hidden={hidden} onToggle={toggle} />
          {props.aside}
        </div>
      </div>
      <table className="visually-hidden">
        <caption>{`${text.title}: latest values`}</caption>
        <tbody>
          {lines.map((line, n) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              <td>{write(valueAt(columns[n] ?? [], null), formatY) ?? 'no value yet'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The value at a position, or the latest one; between two measurements the one before holds. */
function valueAt(column: Column, index: number | null): number | null {
  for (let i = index ?? column.length - 1; i >= 0; i--) {
    const value = column[i];
    if (value != null) return value;
  }
  return null;
}

function write(value: number | null | undefined, format: (value: number) => string): string | null {
  return value == null ? null : format(value);
}
