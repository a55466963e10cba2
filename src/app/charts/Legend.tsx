import { again, t } from '../../words/words.ts';
import type { Line } from './line.ts';

/** Lines by name with the value at the cursor, or the last one; pressing a name hides its line. */
export function Legend({
  lines,
  values,
  hidden,
  onToggle,
}: {
  lines: readonly Line[];
  values: readonly (string | null)[];
  hidden: ReadonlySet<number>;
  onToggle: (line: number) => void;
}) {
  return (
    <ul className="legend">
      {lines.map((line, at) =>
        line.follows !== undefined ? null : (
          <li key={line.label}>
            <button
              type="button"
              className="legend-item"
              aria-pressed={!hidden.has(at)}
              onClick={() => onToggle(at)}
              title={hidden.has(at) ? t('Show this line') : t('Hide this line')}
            >
              <Swatch line={line} />
              <span className="legend-label" data-short={line.short && again(line.short)}>
                {again(line.label)}
              </span>
              <span className="legend-value">{values[at] ?? '–'}</span>
            </button>
          </li>
        ),
      )}
    </ul>
  );
}

function Swatch({ line }: { line: Line }) {
  return (
    <svg className="swatch" width="18" height="8" viewBox="0 0 18 8" aria-hidden="true" focusable="false">
      <path
        d="M1 4h16"
        stroke={`var(${line.colour})`}
        strokeWidth="2.2"
        strokeDasharray={line.dash?.join(' ')}
      />
    </svg>
  );
}
