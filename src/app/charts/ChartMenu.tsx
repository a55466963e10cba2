import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { again, msg, t } from '../../words/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { save } from '../ui/save.ts';
import { type ChartContent, chartCsv, chartPng, chartSvg } from './chartFiles.ts';

const FILES = [
  { end: 'png', text: msg('Picture'), why: msg('PNG, for slides and documents') },
  { end: 'svg', text: msg('Drawing'), why: msg('SVG, which can be scaled and edited') },
  { end: 'csv', text: msg('Values'), why: msg('CSV, one row a position') },
] as const;

/** Takes one chart home. `title` is English, which files are named in; `content` is asked for when a file is wanted. */
export function ChartMenu({ title, content }: { title: string; content: () => ChartContent }) {
  const [problem, setProblem] = useState('');
  const take = async (end: (typeof FILES)[number]['end']) => {
    const chart = content();
    const name = `kelvin-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.${end}`;
    if (end === 'png') save(name, await chartPng(chart));
    else if (end === 'svg') save(name, new Blob([await chartSvg(chart)], { type: 'image/svg+xml' }));
    else save(name, new Blob([chartCsv(chart)], { type: 'text/csv' }));
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className="info-button"
          aria-label={t('Download {title}', { title: again(title) })}
          title={t('Download')}
        >
          <Icon name="download" size={13} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="preset-list export-list" sideOffset={6} align="end">
            {FILES.map(({ end, text, why }) => (
              <DropdownMenu.Item
                key={end}
                className="preset-item"
                onSelect={() => {
                  setProblem('');
                  take(end).catch(() =>
                    setProblem(t('The picture could not be drawn: is there a connection?')),
                  );
                }}
              >
                <strong>{again(text)}</strong>
                <p>{again(why)}</p>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <span role="status" className={problem ? 'toast' : 'visually-hidden'}>
        {problem}
      </span>
    </>
  );
}
