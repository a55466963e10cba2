import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { changedKeys, HYPERPARAMETERS, type Hyperparameter } from '../../config/hyperparameters.ts';
import { PRESETS, presetConfig } from '../../config/presets.ts';
import type { Device } from '../../run/protocol.ts';
import { choosePreset } from '../../run/session.ts';
import { again, msg, t } from '../../words/words.ts';
import { SETTINGS_DOCUMENT } from '../about/documents.ts';
import { OutwardLink } from '../about/OutwardLink.tsx';
import { usePage, useRun, useSession } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';
import { Icon } from '../ui/Icon.tsx';
import { OwnBase } from './OwnBase.tsx';
import { ParameterField } from './ParameterField.tsx';
import '../ui/drawer.css';
import './settings.css';

/** In the order in which a run comes to them. */
const GROUPS: readonly Hyperparameter['group'][] = [
  'Run',
  'Reasoner',
  'Warm-up',
  'Propose',
  'Solve',
  'Buffer',
  'Reward',
  'Update',
  'Evaluation',
  'Sandbox',
];
const DEVICES: readonly [Device, string][] = [
  ['auto', msg('automatic')],
  ['webgpu', 'WebGPU'],
  ['wasm', 'WebAssembly'],
  ['cpu', msg('plain CPU')],
];

/** Every hyper-parameter with its reason and the paper's value, generated from the table. */
export function SettingsPanel() {
  const { session } = usePage();
  const [showsAll, setShowsAll] = useState(false);
  const preset = useSession((state) => state.preset);
  const config = useSession((state) => state.config);
  const device = useSession((state) => state.device);
  const isRunning = useRun((run) => run.state !== 'idle');
  const changed = new Set(changedKeys(config, presetConfig(preset)));
  const name = again(PRESETS[preset].label);
  const isShown = (parameter: Hyperparameter) =>
    showsAll || !parameter.advanced || changed.has(parameter.key);

  return (
    <Dialog.Root>
      <Dialog.Trigger className="icon-button" aria-label={t('Settings')} title={t('Settings')}>
        <Icon name="settings" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="drawer settings" aria-describedby="settings-note">
          <div className="drawer-head">
            <Dialog.Title>{t('Settings')}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('Close')}>
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <div className="settings-bar">
            <p id="settings-note" className="muted">
              {isRunning ? t('Changes apply at the next start.') : t('Changes apply when you press Start.')}{' '}
              {changed.size === 0 ? (
                <Rich text="Preset: <b>{name}</b>" parts={{ b: <strong /> }} values={{ name }} />
              ) : (
                <Rich
                  text="Preset: <b>{name}</b>, {changes} changed"
                  parts={{ b: <strong /> }}
                  values={{ name, changes: changed.size }}
                />
              )}{' '}
              <OutwardLink to={SETTINGS_DOCUMENT}>{t('Every setting in the documentation')}</OutwardLink>
            </p>
            <label className="settings-all">
              <input type="checkbox" checked={showsAll} onChange={() => setShowsAll(!showsAll)} />
              {t('Show all {parameters}', { parameters: HYPERPARAMETERS.length })}
            </label>
            <button
              type="button"
              className="button"
              disabled={changed.size === 0}
              onClick={() => choosePreset(session, preset)}
            >
              <Icon name="undo" size={14} />
              {t('Reset all')}
            </button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className="drawer-body" tabIndex={0} aria-label={t('Hyper-parameters')}>
            <section className="settings-group">
              <h3>{t('Device')}</h3>
              <label className="parameter">
                <span className="parameter-label">{t('Computes on')}</span>
                <select
                  value={device}
                  onChange={(change) => session.setState({ device: change.target.value as Device })}
                >
                  {DEVICES.map(([value, text]) => (
                    <option key={value} value={value}>
                      {again(text)}
                    </option>
                  ))}
                </select>
                <span className="parameter-reason">{t('WebAssembly runs everywhere, more slowly.')}</span>
              </label>
            </section>
            <OwnBase />
            {GROUPS.map((group) => {
              const shown = HYPERPARAMETERS.filter((entry) => entry.group === group && isShown(entry));
              return (
                shown.length > 0 && (
                  <section className="settings-group" key={group}>
                    <h3>{again(group)}</h3>
                    {shown.map((parameter) => (
                      <ParameterField
                        key={parameter.key}
                        parameter={parameter}
                        value={config[parameter.key]}
                        presetValue={presetConfig(preset)[parameter.key]}
                      />
                    ))}
                  </section>
                )
              );
            })}
          </section>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
