import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { writeFrame } from '../../run/frame.ts';
import type { Player } from '../../run/replay/player.ts';
import { isShippedRecording } from '../../run/replay/shipped.ts';
import { linkOf, type Setup, type SetupLink } from '../../run/session.ts';
import { again, msg, t } from '../../words/words.ts';
import { writePlace } from '../address/place.ts';
import { usePage, useShelf } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useSetups } from './setups.ts';

/** Milliseconds for which is said what was copied: one sentence, or two. */
const SAID_FOR = { short: 2500, long: 8000 };

const LACKS: Record<SetupLink['lacks'][number], string> = {
  program: msg(
    'Link copied, but a link cannot carry your seed program: it is too long. Hand the program on as a file.',
  ),
  base: msg(
    'Link copied, but a link cannot carry the base that you brought in. Hand a run that began from it on as a zip (Export, under Runs).',
  ),
};

/** The place of a recording at the step that it shows. */
function placeOf({ address, state }: Player): string {
  const step = state.getState().step || null;
  return writePlace({ view: 'lab', experiment: null, task: null, run: null, recording: address, step });
}

/** One of the links that can be copied. */
interface Choice {
  title: string;
  name: string;
  setup: Setup;
  /** Where it leads, after the `#`. */
  place?: () => string;
}

/**
 * Copies a link that restores preset, seed, every changed value and the seed program: of the run on the page; where
 * the next start would run something else, the reader chooses between the two. A recording that comes with the page
 * has a link to its step. Panels that are hidden here are hidden there.
 */
export function CopyLink() {
  const { frame, address } = usePage();
  const { running, next } = useSetups();
  const player = useShelf((shelf) => shelf.player);
  const [said, setSaid] = useState('');
  const [isCopied, setCopied] = useState(false);
  const say = (sentence: string, milliseconds: number, hasCopied: boolean) => {
    setSaid(sentence);
    setCopied(hasCopied);
    setTimeout(() => setSaid((now) => (now === sentence ? '' : now)), milliseconds);
  };
  const copy = async ({ setup, place }: Choice) => {
    const { query, lacks } = await linkOf(setup);
    // Whoever follows it has a page and a language of their own; a lesson is for both.
    const { lesson } = address.here.getState();
    const hidden = writeFrame({
      hide: frame.hide,
      isEmbedded: false,
      isProjector: false,
      language: null,
      lesson,
    });
    const search = [query, hidden].filter(Boolean).join('&');
    try {
      await navigator.clipboard.writeText(
        `${location.origin}${location.pathname}?${search}${place?.() ?? ''}`,
      );
      const [lack] = place ? [] : lacks;
      if (!lack) return say(t('Link copied'), SAID_FOR.short, true);
      say(again(LACKS[lack]), SAID_FOR.long, true);
    } catch {
      // Clipboard access can be refused; the address bar holds the link of what is on the page.
      say(t('Copying is blocked: copy the address instead'), SAID_FOR.short, false);
    }
  };
  // A run that is kept here plays nowhere else.
  const isShipped = player !== null && player.address !== null && isShippedRecording(player.address);
  const choices: Choice[] = [
    ...(isShipped
      ? [
          {
            title: t('Link to the recording, at this step'),
            name: again(player.recording.name),
            setup: player.recording.setup,
            place: () => placeOf(player),
          },
        ]
      : []),
    ...(running
      ? [
          {
            title: player ? t('Link to the set-up of the recording') : t('Link to the run on the page'),
            ...running,
          },
        ]
      : []),
    { title: t('Link to the next start'), ...next },
  ];
  const icon = said !== '' && isCopied ? 'check' : 'link';
  const label = t('Copy link to this set-up');
  const button = { className: 'icon-button', 'aria-label': label, title: label };
  const [only, ...others] = choices;
  return (
    <span className="copy-link">
      {only && others.length === 0 ? (
        <button type="button" {...button} onClick={() => copy(only)}>
          <Icon name={icon} />
        </button>
      ) : (
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger {...button}>
            <Icon name={icon} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="preset-list export-list" sideOffset={6} align="end">
              {choices.map((choice) => (
                <DropdownMenu.Item
                  key={choice.title}
                  className="preset-item"
                  onSelect={() => void copy(choice)}
                >
                  <strong>{choice.title}</strong>
                  <p>{choice.name}</p>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
      <span role="status" className={said ? 'toast' : 'visually-hidden'}>
        {said}
      </span>
    </span>
  );
}
