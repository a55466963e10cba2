import { Select } from 'radix-ui';
import { changedKeys } from '../../config/hyperparameters.ts';
import { PRESET_NAMES, PRESETS, type PresetName, presetConfig } from '../../config/presets.ts';
import { choosePreset } from '../../run/session.ts';
import { useLab, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Chooses what the next Start runs; says how many values differ from the preset. */
export function PresetPicker() {
  const { session } = useLab();
  const preset = useSession((state) => state.preset);
  const changes = useSession(
    (state) => changedKeys(state.config, presetConfig(state.preset)).filter((key) => key !== 'seed').length,
  );
  return (
    <Select.Root value={preset} onValueChange={(name) => choosePreset(session, name as PresetName)}>
      <Select.Trigger className="preset-trigger" aria-label={`Preset: ${PRESETS[preset].label}`}>
        <span className="preset-caption">Preset</span>
        <strong>
          <Select.Value>{PRESETS[preset].label}</Select.Value>
          {changes > 0 && ` +${changes} changed`}
        </strong>
        <Icon name="chevron" size={12} />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="preset-list" position="popper" sideOffset={6} align="end">
          <Select.Viewport>
            {PRESET_NAMES.map((name) => (
              <Select.Item key={name} value={name} className="preset-item">
                <Select.ItemIndicator className="preset-check">
                  <Icon name="check" size={13} />
                </Select.ItemIndicator>
                <strong>
                  <Select.ItemText>{PRESETS[name].label}</Select.ItemText>
                </strong>
                {PRESETS[name].purpose.split('\n').map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}
