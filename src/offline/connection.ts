/** Whether the visitor pays for what is downloaded, as far as the browser says. */
export function isMetered(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
