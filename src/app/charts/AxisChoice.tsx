import { t } from '../../words/words.ts';
import { Segmented } from '../ui/Bits.tsx';
import type { Axis } from './axis.ts';

/** What the horizontal axis of charts counts. */
export function AxisChoice({ value, onChange }: { value: Axis; onChange: (axis: Axis) => void }) {
  return (
    <Segmented
      label={t('Horizontal axis')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'steps', text: t('steps') },
        { value: 'minutes', text: t('minutes') },
        { value: 'tokens', text: t('tokens'), title: t('Tokens trained on, padding excluded') },
      ]}
    />
  );
}
