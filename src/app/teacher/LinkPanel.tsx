import { Dialog } from 'radix-ui';
import { useId, useState } from 'react';
import { type Frame, HIDEABLE } from '../../run/frame.ts';
import { LANGUAGES, nameOf } from '../../words/languages.ts';
import { again, t } from '../../words/words.ts';
import { CopyCommand } from '../experiments/CopyCommand.tsx';
import type { Lesson } from '../lessons/lesson.ts';
import { Icon } from '../ui/Icon.tsx';
import { embedSnippet, isLocal, lessonLink } from './links.ts';
import { QrCode } from './QrCode.tsx';

const WHOLE: Omit<Frame, 'lesson'> = { hide: [], isEmbedded: false, isProjector: false, language: null };

/** The link of a lesson as a text, as a code for cameras, and for a learning platform. */
export function LinkPanel({ lesson }: { lesson: Lesson }) {
  const [page, setPage] = useState(1);
  const [frame, setFrame] = useState(WHOLE);
  const ids = { page: useId(), language: useId() };
  const home = `${location.origin}${location.pathname}`;
  const place = { id: lesson.id, page };
  const link = lessonLink(home, { ...frame, lesson: place });
  const projected = lessonLink(home, { ...frame, isProjector: true, lesson: place });
  const embedded = lessonLink(home, { ...frame, isEmbedded: true, lesson: place });
  const title = `Kelvin: ${again(lesson.title)}`;
  return (
    <section className="panel teacher-link" aria-labelledby="teacher-link-title">
      <div className="chart-title">
        <h2 id="teacher-link-title">{t('Its link')}</h2>
        <p>{t('One link sets up a whole group. Nobody signs in, nobody installs.')}</p>
      </div>
      <div className="teacher-link-columns">
        <form className="teacher-options" onSubmit={(event) => event.preventDefault()}>
          <label htmlFor={ids.page}>{t('Begins at page')}</label>
          <select id={ids.page} value={page} onChange={({ target }) => setPage(Number(target.value))}>
            {lesson.pages.map((each, at) => (
              <option key={each.title} value={at + 1}>
                {t('{number} {title}', { number: at + 1, title: again(each.title) })}
              </option>
            ))}
          </select>
          <label htmlFor={ids.language}>{t('Language')}</label>
          <select
            id={ids.language}
            value={frame.language ?? ''}
            onChange={({ target }) => setFrame({ ...frame, language: target.value || null })}
          >
            <option value="">{t('as the browser has it')}</option>
            {LANGUAGES.map((language) => (
              <option key={language} value={language} lang={language}>
                {nameOf(language)}
              </option>
            ))}
          </select>
          <fieldset>
            <legend>{t('Leaves out')}</legend>
            {HIDEABLE.map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={frame.hide.includes(name)}
                  onChange={({ target }) =>
                    setFrame({
                      ...frame,
                      hide: HIDEABLE.filter((each) =>
                        each === name ? target.checked : frame.hide.includes(each),
                      ),
                    })
                  }
                />
                {hiddenName(name)}
              </label>
            ))}
          </fieldset>
        </form>
        <div className="teacher-links">
          <Shown what={t('For pupils')} text={link} />
          <Shown what={t('For the projector: large letters, the loop and one chart')} text={projected} />
          <Shown
            what={t('For a page of a learning platform, where recordings play and nothing is kept')}
            text={embedSnippet(embedded, title)}
          />
          {isLocal(location.hostname) && (
            <p className="teacher-local">
              {t(
                'This address works on this machine only. For the class, open Kelvin by the address that the pupils’ machines reach.',
              )}
            </p>
          )}
        </div>
        <div className="teacher-qr">
          <QrCode text={link} label={t('QR code of the link for pupils')} />
          <LargeCode link={link} title={again(lesson.title)} />
        </div>
      </div>
    </section>
  );
}

function Shown({ what, text }: { what: string; text: string }) {
  return (
    <div>
      <p className="muted">{what}</p>
      <CopyCommand command={text} />
    </div>
  );
}

/** For the projector: nothing but the code and the link, as large as they fit. */
function LargeCode({ link, title }: { link: string; title: string }) {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button">{t('Show large')}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Content className="qr-large" aria-describedby={undefined}>
          <Dialog.Title>{title}</Dialog.Title>
          <QrCode text={link} label={t('QR code of the link for pupils')} />
          <p className="mono">{link}</p>
          <Dialog.Close className="icon-button" aria-label={t('Close')}>
            <Icon name="close" size={28} />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function hiddenName(name: (typeof HIDEABLE)[number]): string {
  switch (name) {
    case 'header':
      return t('the head of the page');
    case 'settings':
      return t('presets and settings');
    case 'controls':
      return t('Start and its neighbours');
    case 'slow-motion':
      return t('slow motion');
    case 'readouts':
      return t('the numbers beside Start');
    case 'loop':
      return t('the loop');
    case 'charts':
      return t('the charts');
    case 'buffer':
      return t('the buffer beside the lab');
  }
}
