// Names that users choose (metrics, variants, levels) become file names and come back unchanged.

/**
 * A file name for any text: letters, digits, `.`, `-` and `_` stay, everything else becomes %XX of its UTF-8 bytes,
 * so that a name is legal on every file system (no `/`, space, `:` or `*`) and `textOfFileName` gives the text back.
 */
export function fileNameOfText(text: string): string {
  const escaped = encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return /^\.+$/.test(escaped) ? escaped.replaceAll('.', '%2E') : escaped;
}

/** The text that `fileNameOfText` was given. */
export function textOfFileName(fileName: string): string {
  return decodeURIComponent(fileName);
}

/** Which single run of a rehearsal: a variant, at a level of load where the scenario has levels, in a block. */
export type CellId = { variant: string; level: string | null; block: number };

/** VARIANT or VARIANT@LEVEL: the key of `result.json`'s `variants`. */
export function variantKey(id: { variant: string; level: string | null }): string {
  return id.level === null ? id.variant : `${id.variant}@${id.level}`;
}

/** Path of a cell's folder below the run directory, e.g. `cells/kafka@500/0`. */
export function cellPath(id: CellId): string {
  const parts = id.level === null ? [id.variant] : [id.variant, id.level];
  return `cells/${parts.map(fileNameOfText).join('@')}/${id.block}`;
}

/** The cell whose folder lies at `cells/<folder>/<block>`. */
export function cellIdOfPath(folder: string, block: string): CellId {
  const [variant = '', level] = folder.split('@').map(textOfFileName);
  return { variant, level: level ?? null, block: Number(block) };
}
