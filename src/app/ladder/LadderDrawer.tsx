import { t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { Code } from '../ui/Code.tsx';
import { Drawer } from '../ui/Drawer.tsx';
import { linesText } from './rungs.ts';
import { Traced } from './Traced.tsx';

/** One held-out program of a length: the base's thought with its first wrong step marked, and today's. */
export function LadderDrawer({ tier, onClose }: { tier: number | null; onClose: () => void }) {
  const ladder = useRun((run) => run.ladder);
  const example = ladder?.examples.find((one) => one.tier === tier);
  const title = example && t('A held-out program of {lines} lines', { lines: linesText(example.tier) });
  return (
    <Drawer title={title} isOpen={example !== undefined} onClose={onClose}>
      {example && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="drawer-body" tabIndex={0} aria-label={t('Example')}>
          <div className="details-code">
            <Code text={example.program} numbered />
          </div>
          <dl className="details-io">
            <dt>{t('input')}</dt>
            <dd className="mono">{example.input}</dd>
            <dt>{t('output')}</dt>
            <dd className="mono">{example.output}</dd>
          </dl>
          <h3>{t('The base, told to think')}</h3>
          <Traced response={example.base} />
          {example.now && (
            <>
              <h3>{t('The reasoner after step {step}', { step: ladder?.step ?? 0 })}</h3>
              <Traced response={example.now} />
            </>
          )}
          <p className="muted ladder-note">
            {example.now
              ? t(
                  'Never trained on. Chosen because the base gets it wrong and, where there is such a program, the reasoner of today gets it right.',
                )
              : t(
                  'Never trained on. Chosen because the base gets it wrong, where there is such a program. The reasoner has not been asked yet: its thought is shown after the first evaluation.',
                )}
          </p>
        </section>
      )}
    </Drawer>
  );
}
