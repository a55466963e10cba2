/** A command line that cannot be followed; the message is one plain line. */
export class UsageError extends Error {}
