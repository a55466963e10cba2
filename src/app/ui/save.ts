/** Hands a file to the visitor, as a download. */
export function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download holds the blob by then; without this every export would stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
