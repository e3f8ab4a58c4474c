// The error of a file that cannot be imported at all, in a file of its own because all readers throw it.

/** The file cannot be read as products; the message names the file's line where there is one. */
export class ImportFileError extends Error {
  override name = 'ImportFileError';
}
