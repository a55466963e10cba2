import { SPECS } from '../../tasks/index.ts';
import type { TaskKind } from '../../tasks/task.ts';
import { again, t } from '../../words/words.ts';
import { Segmented } from '../ui/Bits.tsx';
import { useKinds } from './useKinds.ts';

/** Which of the run's kinds of task is played with. */
export function KindChoice({ kind, onChoose }: { kind: TaskKind; onChoose: (kind: TaskKind) => void }) {
  const kinds = useKinds();
  return (
    <Segmented
      label={t('Kind of task')}
      options={kinds.map((each) => ({
        value: each,
        text: again(SPECS[each].label),
        title: again(SPECS[each].meaning),
      }))}
      value={kind}
      onChange={onChoose}
    />
  );
}
