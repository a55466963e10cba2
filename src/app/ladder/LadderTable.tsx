import { t } from '../../words/words.ts';
import { percent } from '../format.ts';
import type { Rung } from './rungs.ts';

/** The ladder in numbers, for screen readers: a row a length, a column an evaluation. */
export function LadderTable({
  title,
  rungs,
  wordsX,
}: {
  title: string;
  rungs: readonly Rung[];
  wordsX: (value: number) => string;
}) {
  // Position 0 is the base itself, which has a column of its own.
  const evaluations = [
    ...new Set(rungs.flatMap(({ x, accuracy }) => x.filter((_, at) => accuracy[at] !== null))),
  ]
    .filter((at) => at > 0)
    .sort((a, b) => a - b);
  return (
    <div className="visually-hidden">
      <table>
        <caption>{t('{ladder}: held-out accuracy by lines of the program', { ladder: title })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lines')}</th>
            <th scope="col">{t('base')}</th>
            <th scope="col">{t('base told to think')}</th>
            {evaluations.map((at) => (
              <th scope="col" key={at}>
                {wordsX(at)}
              </th>
            ))}
            <th scope="col">{t('share of the latest new tasks')}</th>
          </tr>
        </thead>
        <tbody>
          {rungs.map(({ tier, lines, baseline, ceiling, x, accuracy, newTasksNow }) => (
            <tr key={tier}>
              <th scope="row">{lines}</th>
              <td>{written(baseline)}</td>
              <td>{written(ceiling)}</td>
              {evaluations.map((at) => (
                <td key={at}>{written(accuracy[x.indexOf(at)])}</td>
              ))}
              <td>{written(newTasksNow)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function written(share: number | null | undefined): string {
  return share == null ? t('none') : percent(share);
}
