import { type ReactNode, useId, useMemo, useState } from 'react';
import type { ConfigKey } from '../../config/hyperparameters.ts';
import type { Column } from '../../run/columns.ts';
import { again, t } from '../../words/words.ts';
import { METRICS_DOCUMENT } from '../about/documents.ts';
import { Info } from '../ui/Bits.tsx';
import { Annotations } from './Annotations.tsx';
import type { Annotation } from './annotations.ts';
import { Basis } from './Basis.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { Legend } from './Legend.tsx';
import type { Line } from './line.ts';
import { Plot } from './Plot.tsx';
import { usePlotSpan } from './plotSpan.ts';

/** What a chart says about itself before it has a single value: in English, to be said again. */
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
  /** How it is reckoned. */
  formula?: string;
  /** The settings that move it. */
  dependsOn?: readonly ConfigKey[];
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
  /** A position in words: “step 3”. */
  wordsX: (value: number) => string;
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
  const { text, lines, x, xName, columns, formatY, formatX = String, wordsX, legend = 'below' } = props;
  const title = again(text.title);
  const meaning = again(text.meaning);
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
  // The lines are smoothed, what the legend reads is not.
  const isSmoothed = props.smoothing > 0 && lines.some(({ isExact }) => !isExact);
  const position = wordsX(x[at ?? 0] ?? 0);
  const read = isSmoothed ? t('{position}, as measured', { position }) : position;
  const wordsAt = (index: number) =>
    [
      wordsX(x[index] ?? 0),
      ...lines.map((line, n) => `${again(line.label)} ${write(columns[n]?.[index], formatY) ?? t('none')}`),
    ].join(', ');

  return (
    <section className={`panel chart ${props.className ?? ''}`} data-legend={legend} aria-labelledby={id}>
      <div className="chart-title">
        <h3 id={id} title={title}>
          {title}
        </h3>
        <p title={meaning}>{at === null ? meaning : read}</p>
        {props.controls}
        {x.length > 0 && (
          <ChartMenu
            title={text.title}
            content={() => ({ title: text.title, xName, x, lines, columns, yRange: props.yRange })}
          />
        )}
        <Info title={title} terms={text.terms} more={METRICS_DOCUMENT}>
          <p>{meaning}</p>
          {text.more && <p>{again(text.more)}</p>}
          <dl>
            <dt>{t('Healthy')}</dt>
            <dd>{again(text.healthy)}</dd>
            <dt>{t('If not')}</dt>
            <dd>{again(text.otherwise)}</dd>
            {text.formula && <Basis formulas={[text.formula]} keys={text.dependsOn ?? []} />}
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
            label={title}
            wordsAt={wordsAt}
            onCursor={setCursor}
            onLayout={onLayout}
          />
          <Annotations annotations={props.annotations ?? []} />
          {x.length === 0 && (
            <p className="chart-waits">
              <span>{again(text.healthy)}</span>
            </p>
          )}
        </div>
        <div className="chart-side">
          <Legend lines={lines} values={values} hidden={hidden} onToggle={toggle} />
          {props.aside}
        </div>
      </div>
      <table className="visually-hidden">
        <caption>{t('{chart}: latest values', { chart: title })}</caption>
        <tbody>
          {lines.map((line, n) => (
            <tr key={line.label}>
              <th scope="row">{again(line.label)}</th>
              <td>{write(valueAt(columns[n] ?? [], null), formatY) ?? t('no value yet')}</td>
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
