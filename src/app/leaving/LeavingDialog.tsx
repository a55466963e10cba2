import { AlertDialog } from 'radix-ui';
import { again, t } from '../../words/words.ts';
import { useShelf } from '../context.tsx';
import { useLeaving } from './useLeaving.ts';
import './leaving.css';

/** Asks before steps are lost that this browser could not keep; everything else is kept without asking. */
export function LeavingDialog() {
  const asked = useLeaving((leaving) => leaving.asked);
  const unkept = useShelf((shelf) => shelf.unkept);
  const problem = useShelf((shelf) => shelf.problem);
  const close = () => useLeaving.setState({ asked: null });
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(opens) => !opens && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content className="popover leaving">
          <AlertDialog.Title>
            {t(
              '{unkept, plural, one {One step of this run is not kept} other {# steps of this run are not kept}}',
              { unkept },
            )}
          </AlertDialog.Title>
          <AlertDialog.Description>
            {again(problem)}{' '}
            {t('With the run they are lost. What it has can be downloaded first, at the top of the page.')}
          </AlertDialog.Description>
          <div className="leaving-actions">
            <AlertDialog.Cancel className="button button-primary">{t('Stay with it')}</AlertDialog.Cancel>
            <AlertDialog.Action className="button" onClick={() => asked?.()}>
              {t('{unkept, plural, one {Lose the step} other {Lose the steps}}', { unkept })}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
