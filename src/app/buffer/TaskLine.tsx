import { memo } from 'react';
import type { Task } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';

/** A task on two lines: what it is, and how it fares. */
export const TaskLine = memo(function TaskLine({ task }: { task: Task }) {
  return (
    <span className="task-line" data-kind={task.kind}>
      <InlineCode text={bodyOf(task.program)} />
      <span className="task-line-facts">
        <KindTag kind={task.kind} short />
        <span className="task-line-io mono">{summary(task)}</span>
        <SolveGauge rate={task.solveRate} />
      </span>
    </span>
  );
});

/** The program without its first line when that says nothing: every program of the language is a function f. */
export function bodyOf(program: string): string {
  const [first = '', ...rest] = program.split('\n');
  return /^def f\(\w*\):$/.test(first) && rest.length > 0 ? rest.join('\n').trimStart() : program;
}

/** Input and output, or the number of examples. */
export function summary(task: Task): string {
  if (task.examples) return t('{n} examples', { n: task.examples.length });
  return `${task.input === '' ? '()' : task.input} → ${task.output}`;
}
