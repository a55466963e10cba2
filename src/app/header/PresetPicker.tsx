import { DropdownMenu } from 'radix-ui';
import { PRESET_GROUPS, PRESET_NAMES, PRESETS, type PresetName } from '../../config/presets.ts';
import { choosePreset } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useSession } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useSetups } from './setups.ts';

/** Chooses what the next Start runs; says how many values differ from the preset, and what runs where that is another. */
export function PresetPicker() {
  const { session } = usePage();
  const preset = useSession((state) => state.preset);
  const { running, next } = useSetups();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="preset-trigger">
        {running === null ? (
          <>
            <span className="preset-caption">{t('Preset')}</span>
            <strong>{next.name}</strong>
          </>
        ) : (
          <span className="preset-two">
            <span>
              <Rich
                text="{word}: <b>{name}</b>"
                parts={{ b: <strong /> }}
                values={{ word: running.word, name: running.name }}
              />
            </span>
            <span>
              <Rich text="Next start: <b>{name}</b>" parts={{ b: <strong /> }} values={{ name: next.name }} />
            </span>
          </span>
        )}
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
                <DropdownMenu.Label className="preset-group">{again(group)}</DropdownMenu.Label>
                {PRESET_NAMES.filter((name) => PRESETS[name].group === group).map((name) => (
                  <DropdownMenu.RadioItem key={name} value={name} className="preset-item">
                    <DropdownMenu.ItemIndicator className="preset-check">
                      <Icon name="check" size={13} />
                    </DropdownMenu.ItemIndicator>
                    <strong>{again(PRESETS[name].label)}</strong>
                    {again(PRESETS[name].purpose)
                      .split('\n')
                      .map((line) => (
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
