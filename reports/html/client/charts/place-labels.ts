// Where the labels of markers stand above a chart: beside their lines, in as few rows as keep any from covering another. Pure.

export type LabelPlace = { left: number; width: number; row: number };

const GAP_PIXELS = 6;
const BESIDE_LINE_PIXELS = 5;

/**
 * Places of labels in the order of `markers`, all in pixels; null for one that no row has room for, whose line stands alone.
 * @param area left and right end of the chart, and how many rows of labels it has room for
 */
export function placeLabels(
  markers: readonly { x: number; width: number }[],
  area: { left: number; right: number; rows: number },
): (LabelPlace | null)[] {
  const taken: LabelPlace[] = [];
  return markers.map(({ x, width: wanted }) => {
    const width = Math.min(wanted, (area.right - area.left) / 2);
    const right = x + BESIDE_LINE_PIXELS;
    const left = right + width > area.right ? Math.max(area.left, x - BESIDE_LINE_PIXELS - width) : right;
    for (let row = 0; row < area.rows; row++) {
      const isFree = taken.every(
        (other) =>
          other.row !== row ||
          left >= other.left + other.width + GAP_PIXELS ||
          left + width + GAP_PIXELS <= other.left,
      );
      if (!isFree) continue;
      const place = { left, width, row };
      taken.push(place);
      return place;
    }
    return null;
  });
}
