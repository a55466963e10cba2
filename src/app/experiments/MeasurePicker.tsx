import type { ReactNode } from 'react';
import { again, t } from '../../words/words.ts';
import { withinSentence } from '../format.ts';
import { Segmented } from '../ui/Bits.tsx';
import { MEASURES, type Measure } from './measures.ts';

const GROUPS = [...new Set(MEASURES.map(({ group }) => group))];

/** What the curves show: a group of measures, then which of them. */
export function MeasurePicker({
  value,
  onChange,
  children,
}: {
  value: Measure;
  onChange: (measure: Measure) => void;
  /** Further choices of what is drawn. */
  children?: ReactNode;
}) {
  const ofGroup = (group: Measure['group']) => MEASURES.filter((measure) => measure.group === group);
  /** Of another group, what has the same name there, e.g. the same kind. */
  const change = (group: Measure['group']) => {
    const measures = ofGroup(group);
    const next = measures.find(({ short }) => short === value.short) ?? measures[0];
    if (next) onChange(next);
  };
  return (
    <div className="measure-picker">
      <Segmented
        label={t('What is drawn')}
        value={value.group}
        onChange={change}
        options={GROUPS.map((group) => ({ value: group, text: again(group) }))}
      />
      <Segmented
        label={t('{group} of', { group: again(value.group) })}
        value={value.id}
        onChange={(id) => onChange(MEASURES.find((measure) => measure.id === id) ?? value)}
        options={ofGroup(value.group).map(({ id, short, meaning }) => ({
          value: id,
          text: withinSentence(again(short)),
          title: again(meaning),
        }))}
      />
      {children}
    </div>
  );
}
