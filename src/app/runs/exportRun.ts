import type { Keeper } from '../../run/keeper.ts';
import { packRecording, recordingFileName } from '../../run/replay/file.ts';
import { save } from '../ui/save.ts';

/**
 * Hands a kept run to the visitor as one zip, up to its last whole step. Rejects with a plain sentence where nothing of
 * it is kept.
 */
export async function exportRun(keeper: Pick<Keeper, 'stored'>, id: string): Promise<void> {
  const [{ runFolder, zipName }, { zipFiles }] = await Promise.all([
    import('../../run/folder/write.ts'),
    import('../../run/folder/zip.ts'),
  ]);
  const stored = await keeper.stored(id);
  const zip = await zipFiles(runFolder(stored));
  save(zipName(stored.entry, stored.entry.step), new Blob([zip], { type: 'application/zip' }));
}

/** Hands all that a kept run told to the visitor as a recording. Rejects with a plain sentence where it told nothing. */
export async function saveRecording(keeper: Pick<Keeper, 'record'>, id: string): Promise<void> {
  const recording = await keeper.record(id);
  const steps = recording.events.filter(({ type }) => type === 'step').length;
  const bytes = await packRecording(recording);
  save(recordingFileName(recording.setup, steps), new Blob([bytes], { type: 'application/gzip' }));
}
