// The error of a database or folder that cannot take a history, in a file of its own because everything that looks throws it.

/** The database cannot take this history as it is; the message says the next step. Nothing was changed. */
export class HistoryDatabaseError extends Error {
  override name = 'HistoryDatabaseError';
}
