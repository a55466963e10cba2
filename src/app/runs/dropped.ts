/** Files that were dropped on the page, alone or in a folder. */

export interface Dropped {
  /** With the folder before it, where it was in one. */
  path: string;
  file: File;
}

/**
 * The files that are dropped, and those that lie directly in folders. What is dropped is looked at before this returns,
 * as browsers want it. Rejects with a DOMException where the browser cannot read something.
 */
export async function droppedFiles({ items }: DataTransfer): Promise<Dropped[]> {
  const entries = [...items].flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    return entry?.isDirectory ? [filesIn(entry as FileSystemDirectoryEntry)] : file ? [alone(file)] : [];
  });
  return (await Promise.all(entries)).flat();
}

async function alone(file: File): Promise<Dropped[]> {
  return [{ path: file.name, file }];
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<Dropped[]> {
  const reader = folder.createReader();
  const files: Dropped[] = [];
  // A folder is read in parts, until one is empty.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (part.length === 0) return files;
    for (const entry of part) {
      if (!entry.isFile) continue;
      const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
      files.push({ path: `${folder.name}/${file.name}`, file });
    }
  }
}
