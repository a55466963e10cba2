import { DropdownMenu } from 'radix-ui';
import { changedKeys } from '../../config/hyperparameters.ts';
import { PRESET_GROUPS, PRESET_NAMES, PRESETS, type PresetName, presetConfig } from '../../config/presets.ts';
import { choosePreset } from '../../run/session.ts';
import { usePage, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Chooses what the next Start runs; says how many values differ from the preset. */
export function PresetPicker() {
  const { session } = usePage();
  const preset = useSession((state) => state.preset);
  const changes = useSession(
    (state) => changedKeys(state.config, presetConfig(state.preset)).filter((key) => key !== 'seed').length,
  );
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="preset-trigger">
        <span className="preset-caption">Preset</span>
        <strong>
          {PRESETS[preset].label}
          {changes > 0 && `, ${changes} changed`}
        </strong>
        <Icon name="chevron" size={12} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="preset-list" sideOffset={6} align="end" collisionPadding={12}>
          <DropdownMenu.RadioGroup
            value={preset}
            onValueChange={(name) => choosePreset(session, name as PresetName)}
          >
            {PRESET_GROUPS.map((group) => (
              <DropdownMenu.Group key={group}>
                <DropdownMenu.Label className="preset-group">{group}</DropdownMenu.Label>
                {PRESET_NAMES.filter((name) => PRESETS[name].group === group).map((name) => (
                  <DropdownMenu.RadioItem key={name} value={name} className="preset-item">
                    <DropdownMenu.ItemIndicator className="preset-check">
                      <Icon name="check" size={13} />
                    </DropdownMenu.ItemIndicator>
                    <strong>{PRESETS[name].label}</strong>
                    {PRESETS[name].purpose.split('\n').map((line) => (
                      <p key={line}>{line}</p>
                    ))}
                  </DropdownMenu.RadioItem>
                ))}
              </DropdownMenu.Group>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
