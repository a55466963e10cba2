/** What the page asks of its service worker. Each question comes with a port, which takes the answer. */

export type Question =
  /** Fetches one more large file; the answer is how many are missing still, null when it could not be had. */
  | { type: 'load-next' }
  /**
   * A version that waits becomes the one in charge, if nobody has another page of Kelvin open: its parts would be gone.
   * The answer is whether it does.
   */
  | { type: 'take-over' };

export interface Answers {
  'load-next': number | null;
  'take-over': boolean;
}
