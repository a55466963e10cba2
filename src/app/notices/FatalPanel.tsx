import type { PresetName } from '../../config/presets.ts';
import type { Device, Fault } from '../../run/protocol.ts';
import { choosePreset, setupOf } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useRun, useSession } from '../context.tsx';
import { leaveRun } from '../leaving/useLeaving.ts';
import { Icon } from '../ui/Icon.tsx';

/** Faults of the engine that another backend may not have. */
const ENGINE_FAULTS: ReadonlySet<Fault['code']> = new Set([
  'no-engine',
  'device-lost',
  'gpu-error',
  'out-of-memory',
  'trainer-died',
]);

/** Stands where the loop was: what happened, what to do, and the buttons that do it. */
export function FatalPanel() {
  const { keeper, session } = usePage();
  const fault = useRun((run) => run.fatal);
  const backend = useRun((run) => run.engine?.backend);
  const device = useSession((state) => state.device);
  const preset = useSession((state) => state.preset);
  if (!fault) return null;

  const start = (on: Device, preset?: PresetName) =>
    leaveRun(keeper, () => {
      if (preset) choosePreset(session, preset);
      session.setState({ device: on });
      void keeper.start(setupOf(session.getState()));
    });
  const startPreset = (name: PresetName) => start(device, name);
  const canLeaveGpu = ENGINE_FAULTS.has(fault.code) && backend !== 'wasm' && device !== 'wasm';
  return (
    <section className="panel fatal" role="alert" aria-labelledby="fatal-title">
      <h2 id="fatal-title">{t('The run has stopped')}</h2>
      <p className="fatal-message">{again(fault.message)}</p>
      <p className="muted">{again(fault.remedy)}</p>
      <div className="fatal-actions">
        <button type="button" className="button button-primary" onClick={() => start(device)}>
          <Icon name="play" /> {t('Start again')}
        </button>
        {canLeaveGpu && (
          <button type="button" className="button" onClick={() => start('wasm')}>
            {t('Use WebAssembly instead')}
          </button>
        )}
        {preset !== 'demo-nano' && ENGINE_FAULTS.has(fault.code) && (
          <button type="button" className="button" onClick={() => startPreset('demo-nano')}>
            {t('Try the smaller preset')}
          </button>
        )}
        {fault.code === 'base-failed' && (
          <button type="button" className="button" onClick={() => startPreset('from-nothing')}>
            {t('Warm up in the tab instead')}
          </button>
        )}
      </div>
      <p className="muted">{t('Curves and tasks up to here stay until then.')}</p>
    </section>
  );
}
