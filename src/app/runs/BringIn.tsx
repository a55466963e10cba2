import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { broughtRun, type GivenFile } from '../../run/folder/bringIn.ts';
import { isRecording, type Recording, readRecording } from '../../run/replay/file.ts';
import { setupOf } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';
import { Icon } from '../ui/Icon.tsx';
import { type Dropped, droppedFiles } from './dropped.ts';

/**
 * Takes in a run or a base, chosen or dropped on the page, or a recording to be played. `onSaid` hears what came of it,
 * first an empty text.
 */
export function BringIn({
  onSaid,
  onPlay,
}: {
  onSaid: (text: string) => void;
  onPlay: (recording: Recording) => void;
}) {
  const { keeper, session } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const [isReading, setIsReading] = useState(false);

  const take = async (coming: Promise<readonly Dropped[]>) => {
    onSaid('');
    setIsReading(true);
    try {
      const given: GivenFile[] = [];
      for (const { path, file } of await coming) {
        given.push({ name: path, bytes: new Uint8Array(await file.arrayBuffer()) });
      }
      const [first] = given;
      if (first && isRecording(first.bytes)) {
        onPlay(await readRecording(first.bytes));
        return;
      }
      const run = await broughtRun(given, setupOf(session.getState()));
      await keeper.bringIn(run);
      const { name, step } = run.entry;
      onSaid(
        step > 0
          ? t('“{name}” is here, with its {step, plural, one {# step} other {# steps}}.', { name, step })
          : t(
              '“{name}” is here. It begins from the base that you brought, with the settings of the next start.',
              { name },
            ),
      );
    } catch (error) {
      onSaid(
        error instanceof DOMException
          ? t('The browser cannot read that: {why}', { why: error.message })
          : error instanceof Error
            ? again(error.message)
            : String(error),
      );
    } finally {
      setIsReading(false);
    }
  };
  const isOver = useDropped(take);
  return (
    <p className="runs-bring" data-over={isOver}>
      <button type="button" className="button" disabled={isReading} onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {isReading ? t('Reading …') : t('Bring in a run …')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".zip,.recording,.json,.jsonl,.safetensors,.md"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])].map((file) => ({ path: file.name, file }));
          if (files.length > 0) void take(Promise.resolve(files));
          // The same file can be chosen again.
          target.value = '';
        }}
      />
      <span className="muted">
        <Rich
          text="A zip that was exported, or of a folder of <lab>npm run lab</lab>. Or a base: <config>config.json</config> and <model>model.safetensors</model>. Or a recording, which is played. Or drop them here, or their folder."
          parts={{ lab: <code />, config: <code />, model: <code /> }}
        />
      </span>
    </p>
  );
}

/** Hears of what is dropped anywhere on the page, and says whether something is held over it. */
function useDropped(take: (coming: Promise<readonly Dropped[]>) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const onDrop = useEffectEvent(take);
  useEffect(() => {
    const isOfFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    const over = (drag: DragEvent) => {
      if (!isOfFiles(drag)) return;
      // Otherwise the browser would open the file in the place of the page.
      drag.preventDefault();
      setIsOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setIsOver(false);
    };
    const drop = (dropped: DragEvent) => {
      if (!isOfFiles(dropped)) return;
      dropped.preventDefault();
      setIsOver(false);
      if (dropped.dataTransfer) onDrop(droppedFiles(dropped.dataTransfer));
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
