// Pictures that stand in for photographs: a calm colour and a simple drawing for each category of products.

/** Drawings on a grid of 24 × 24, lines only. */
const DRAWINGS: Record<string, string> = {
  'detergent-hygiene': 'M9 9h6l2 4v7a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-7zM10 9V5h4v4M14 5h3M10 15h4',
  'fresh-produce':
    'M12 8c-4-3-8 0-7 5 1 4 3 7 5 7 1 0 1-.5 2-.5s1 .5 2 .5c2 0 4-3 5-7 1-5-3-8-7-5zM12 8c0-3 1-4 3-5',
  'tissue-paper': 'M5 11h14v9H5zM8 11c0-4 2-7 4-7s1 3 2 4 2 1 2 3M9 11h6',
  skincare: 'M7 11h10v8a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zM9 11V8h6v3M12 8V4M9 4h5M10 15h4',
  'meat-processed': 'M14 4c4 0 6 3 5 7s-5 6-8 6l-3 3-1-2-2-1 3-3c0-4 2-10 6-10zM14 9a1.5 1.5 0 1 0 .1 0',
  supplements: 'M5 14 14 5a3.5 3.5 0 0 1 5 5l-9 9a3.5 3.5 0 0 1-5-5zM9.5 9.500l5 5',
  'spring-summer-wear': 'M9 4 4 7l2 4 2-1v10h8V10l2 1 2-4-5-3c-1 2-5 2-6 0z',
  'health-food': 'M8 8h8v3l1 2v7a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-7l1-2zM8 8V4h8v4M10 16h4M12 14v4',
  'autumn-winter-wear': 'M9 4 5 6 3 19h4l1-8v10h8V11l1 8h4L19 6l-4-2-3 3zM12 7v14',
  'functional-anti-ageing': 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11zM9 14a3 3 0 0 0 3 3',
  'tickets-passes': 'M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4zM14 7v2M14 11v2M14 15v2',
  flights: 'M3 13l8-2V6c0-2 2-2 2 0v5l8 2v2l-8-1v4l2 1v2l-3-1-3 1v-2l2-1v-4l-8 1z',
  lodging: 'M3 19V6M3 16h18v3M21 16v-3a3 3 0 0 0-3-3h-8v6M6.5 12a1.5 1.5 0 1 0 .1 0',
  'office-school': 'M4 20l1-5L15 5l4 4L9 19zM13 7l4 4',
  'it-gaming':
    'M7 8h10a5 5 0 0 1 5 5c0 5-4 5-6 2H8c-2 3-6 3-6-2a5 5 0 0 1 5-5zM7 11v3M5.5 12.500h3M16 12v.1M18 13v.1',
  camping: 'M12 5 3 20h18zM12 12l-4 8M12 12l4 8M12 5l1-2',
  golf: 'M9 20V3l9 4-9 4M5 20h10M18 18a1.5 1.5 0 1 0 .1 0',
  'home-appliances': 'M5 3h14v18H5zM5 7h14M8 5h2M12 10a4 4 0 1 0 .1 0M15 5v.1',
  'sofas-beds':
    'M5 11V8a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v3M3 12a2 2 0 0 1 4 0v2h10v-2a2 2 0 0 1 4 0v6H3zM5 18v2M19 18v2',
  shop: 'M5 8h14l1 12H4zM9 10V7a3 3 0 0 1 6 0v3',
};

/** Spread evenly, so that neighbours in the list differ; others get a hue from their letters. */
function hueOf(key: string): number {
  const position = Object.keys(DRAWINGS).indexOf(key);
  if (position >= 0) return Math.round(165 + position * 137.5) % 360;
  return [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
}

/** An SVG picture for a category's key, a bag for one without a drawing. The key does not appear in it. */
export function categoryImage(key: string): string {
  const hue = hueOf(key);
  const drawing = DRAWINGS[key] ?? DRAWINGS.shop;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 42% 92%)"/><stop offset="1" stop-color="hsl(${(hue + 24) % 360} 40% 83%)"/></linearGradient></defs>
<rect width="96" height="96" fill="url(#g)"/><circle cx="48" cy="48" r="29" fill="#fff" fill-opacity=".5"/>
<path transform="translate(27.6 27.6) scale(1.7)" d="${drawing}" fill="none" stroke="hsl(${hue} 38% 34%)" stroke-width="1.15" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}
