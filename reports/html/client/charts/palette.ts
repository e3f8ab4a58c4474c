// Colours and line styles of the charts. Hues follow Okabe and Ito (2008), told apart by colour-blind readers; every
// line also has its own dash, so that no reading needs colour.

export type Palette = {
  ink: string;
  muted: string;
  grid: string;
  shade: string;
  surface: string;
  event: string;
  series: string[];
};

const LIGHT: Palette = {
  ink: '#1b1f24',
  muted: '#5b6470',
  grid: '#e4e7eb',
  shade: 'rgba(91, 100, 112, 0.10)',
  surface: '#ffffff',
  event: '#8a2be2',
  series: [
    '#0072b2',
    '#d55e00',
    '#009e73',
    '#b0578d',
    '#b8860b',
    '#3fa0d9',
    '#6b6b6b',
    '#7a4fbf',
    '#7f3b08',
    '#00665e',
    '#a50f15',
    '#5b5bb0',
  ],
};

const DARK: Palette = {
  ink: '#e6e9ed',
  muted: '#9aa4b0',
  grid: '#2c333b',
  shade: 'rgba(154, 164, 176, 0.12)',
  surface: '#14181d',
  event: '#d0a6ff',
  series: [
    '#56a8e0',
    '#f08a3c',
    '#2fc296',
    '#dd8fbd',
    '#e3b23c',
    '#8fd0f5',
    '#a6a6a6',
    '#b49af0',
    '#d9a679',
    '#6fd6c9',
    '#ff8f8f',
    '#9fa8ff',
  ],
};

const DASHES: number[][] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [4, 2],
  [1, 4],
  [12, 4],
  [6, 2, 1, 2],
  [9, 2],
  [3, 6],
  [14, 3, 3, 3],
  [1, 2, 5, 2],
];

/** The palette of the reader's colour scheme; paper is always light. */
export function currentPalette(): Palette {
  const isPrinting = document.documentElement.classList.contains('printing');
  return !isPrinting && matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT;
}

/** Colour of the n-th series. */
export function seriesColour(palette: Palette, index: number): string {
  return palette.series[index % palette.series.length] ?? palette.ink;
}

/** Dash of the n-th series; the first is a plain line. */
export function seriesDash(index: number): number[] {
  return DASHES[index % DASHES.length] ?? [];
}
