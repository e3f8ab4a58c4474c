// What drawings of products are made of: plain SVG elements on a grid of 96 × 96, filled with the colours of one product.

/** The colours of one product, as SVG takes them. */
export type Colours = {
  main: string;
  dark: string;
  light: string;
  /** The second colour: leaves, labels, lids. */
  other: string;
};

/** What never changes with the product. */
export const WHITE = '#fffdf9';
export const GREY = '#a7afb6';
export const INK = '#3b4249';
export const LEAF = '#5d9a4b';
export const WOOD = '#b98a5c';

export type Drawing = {
  /** Parts of product names that it shows, e.g. `사과`. */
  words: readonly string[];
  /** Degrees of its natural colour; left out: any. */
  hue?: number;
  draw(colours: Colours): string;
};

/** A drawing for the products whose names hold one of the words, given as "a, b". */
export function drawing(words: string, draw: Drawing['draw'], hue?: number): Drawing {
  return { words: words.split(', '), draw, ...(hue !== undefined && { hue }) };
}

/** A rectangle with corners of radius r. */
export function box(x: number, y: number, width: number, height: number, r: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}" fill="${fill}"/>`;
}

/** An area within a path. */
export function area(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

/** A line along a path. */
export function line(d: string, stroke: string, width = 2): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function disc(cx: number, cy: number, r: number, fill: string): string {
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"/>`;
}

export function oval(cx: number, cy: number, rx: number, ry: number, fill: string): string {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
}
