// Pictures of products, drawn where no photograph is: what its name says, in colours of its own. The same product always
// has the same picture, so browsers keep it by its address.
import type { Colours, Drawing } from './drawing.ts';
import { APPLIANCES, CAMPING, ELECTRONICS, FURNITURE, GOLF, OFFICE } from './drawings/equipment.ts';
import { HEALTH_FOOD, MEAT, PRODUCE, SUPPLEMENTS } from './drawings/food.ts';
import { BEAUTY, DETERGENT, PAPER } from './drawings/household.ts';
import { FLIGHTS, LODGING, TICKETS } from './drawings/outings.ts';
import { SUMMER_WEAR, WINTER_WEAR } from './drawings/wear.ts';
import { categoryKeyOf, type Pictured } from './picture-address.ts';

/** By the key of a product's category, as it stands in its image's address. */
export const DRAWINGS: Readonly<Record<string, readonly Drawing[]>> = {
  'detergent-hygiene': DETERGENT,
  'fresh-produce': PRODUCE,
  'tissue-paper': PAPER,
  skincare: BEAUTY,
  'meat-processed': MEAT,
  supplements: SUPPLEMENTS,
  'spring-summer-wear': SUMMER_WEAR,
  'health-food': HEALTH_FOOD,
  'autumn-winter-wear': WINTER_WEAR,
  'functional-anti-ageing': BEAUTY,
  'tickets-passes': TICKETS,
  flights: FLIGHTS,
  lodging: LODGING,
  'office-school': OFFICE,
  'it-gaming': ELECTRONICS,
  camping: CAMPING,
  golf: GOLF,
  'home-appliances': APPLIANCES,
  'sofas-beds': FURNITURE,
};

const ALL = Object.values(DRAWINGS).flat();
/** Two products in a row differ by this much, and ten in a row all differ. */
const GOLDEN_ANGLE = 137.5;
/** Degrees that a natural colour may differ from one product to the next. */
const NATURAL_RANGE = 16;

/** What a product's name says within its category, else any of the category's by its id; without a category by its name alone. */
function drawingOf({ id, name, image }: Pictured): Drawing | null {
  const key = categoryKeyOf(image);
  const ofCategory = Object.hasOwn(DRAWINGS, key) ? DRAWINGS[key] : undefined;
  const named = (ofCategory ?? ALL).find(({ words }) => words.some((word) => name.includes(word)));
  return named ?? ofCategory?.[id % ofCategory.length] ?? null;
}

function hueOf(id: number, natural: number | undefined): number {
  const turned = (id * GOLDEN_ANGLE) % 360;
  const hue = natural === undefined ? turned : natural + (turned / 360 - 0.5) * NATURAL_RANGE;
  return Math.round((hue + 360) % 360);
}

function coloursOf(hue: number, id: number): Colours {
  const lightness = 50 + (id % 4) * 3;
  const other = (hue + 150 + (id % 3) * 30) % 360;
  return {
    main: `hsl(${hue} 56% ${lightness}%)`,
    dark: `hsl(${hue} 48% ${lightness - 17}%)`,
    light: `hsl(${hue} 64% ${lightness + 22}%)`,
    other: `hsl(${other} 42% 46%)`,
  };
}

/** An SVG picture of a product, 96 × 96; null where neither its category nor its name says what it is. Nothing of its text is in it. */
export function productPicture(product: Pictured): string | null {
  const drawing = drawingOf(product);
  if (drawing === null) return null;
  const hue = hueOf(product.id, drawing.hue);
  const ground = (hue + 40 + (product.id % 5) * 24) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
<defs><linearGradient id="g" x2=".4" y2="1"><stop stop-color="hsl(${ground} 38% 95%)"/><stop offset="1" stop-color="hsl(${ground} 34% 87%)"/></linearGradient></defs>
<rect width="96" height="96" fill="url(#g)"/><ellipse cx="48" cy="82" rx="33" ry="4.5" fill="hsl(${ground} 24% 40%)" fill-opacity=".18"/>
${drawing.draw(coloursOf(hue, product.id))}</svg>`;
}
