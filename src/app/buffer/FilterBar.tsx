import type { SolveState } from '../../run/taskBook.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import { again, msg, t } from '../../words/words.ts';
import { count } from '../format.ts';
import { SOLVE_STATE_TEXT } from '../text.ts';
import { KindTag } from '../ui/Bits.tsx';
import { Icon } from '../ui/Icon.tsx';
import { type Filters, NO_FILTERS, type SortKey, toggled } from './filters.ts';
import { SOLVE_STATES } from './StateBar.tsx';

const SORTS: readonly [SortKey, string][] = [
  ['newest', msg('Newest first')],
  ['oldest', msg('Oldest first')],
  ['hardest', msg('Hardest first')],
  ['easiest', msg('Easiest first')],
  ['longest', msg('Longest program first')],
  ['shortest', msg('Shortest program first')],
];

/** Kind, state, text and order; every button says how many tasks it stands for. */
export function FilterBar({
  filters,
  onChange,
  byKind,
  byState,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
  byKind: Record<TaskKind, number>;
  byState: Record<SolveState, number>;
}) {
  const isFiltered = filters.kinds.size > 0 || filters.states.size > 0 || filters.text !== '';
  return (
    <form className="filters" onSubmit={(submit) => submit.preventDefault()} aria-label={t('Filter tasks')}>
      <label className="filter-search">
        <Icon name="search" size={14} />
        <span className="visually-hidden">{t('Search programs, inputs and outputs')}</span>
        <input
          type="search"
          placeholder={t('Search programs, inputs, outputs')}
          value={filters.text}
          onChange={(change) => onChange({ ...filters, text: change.target.value })}
        />
      </label>
      <fieldset className="filter-set">
        <legend className="visually-hidden">{t('Kind')}</legend>
        {ALL_KINDS.filter((kind) => KINDS.includes(kind) || byKind[kind] > 0).map((kind) => (
          <button
            key={kind}
            type="button"
            className="filter-chip"
            aria-pressed={filters.kinds.has(kind)}
            onClick={() => onChange({ ...filters, kinds: toggled(filters.kinds, kind) })}
          >
            <KindTag kind={kind} /> <span className="filter-count">{count(byKind[kind])}</span>
          </button>
        ))}
      </fieldset>
      <fieldset className="filter-set">
        <legend className="visually-hidden">{t('How often solved')}</legend>
        {SOLVE_STATES.map((state) => (
          <button
            key={state}
            type="button"
            className="filter-chip"
            aria-pressed={filters.states.has(state)}
            title={again(SOLVE_STATE_TEXT[state].meaning)}
            onClick={() => onChange({ ...filters, states: toggled(filters.states, state) })}
          >
            <span className="state-chip" data-state={state} aria-hidden="true" />
            {again(SOLVE_STATE_TEXT[state].name)}{' '}
            <span className="filter-count">{count(byState[state])}</span>
          </button>
        ))}
      </fieldset>
      {isFiltered && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onChange({ ...NO_FILTERS, sort: filters.sort })}
        >
          {t('Clear')}
        </button>
      )}
      <label className="filter-sort">
        <span className="visually-hidden">{t('Order')}</span>
        <select
          value={filters.sort}
          onChange={(change) => onChange({ ...filters, sort: change.target.value as SortKey })}
        >
          {SORTS.map(([key, text]) => (
            <option key={key} value={key}>
              {again(text)}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
