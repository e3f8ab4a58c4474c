// What is booked: tickets, flights, nights.
import { area, box, type Colours, type Drawing, disc, drawing, LEAF, line, WHITE, WOOD } from '../drawing.ts';

const slip = (fill: string): string =>
  area('M12 32h72v11a6 6 0 0 0 0 12v11H12V55a6 6 0 0 0 0-12z', fill) + line('M64 34v30', WHITE, 1.6);

const stageTicket = (c: Colours) =>
  `<g transform="rotate(-10 48 50)">${slip(c.main)}` +
  area('M38 38l3.5 7 7.5 1-5.5 5 1.5 8-7-4-7 4 1.5-8-5.5-5 7.5-1z', WHITE) +
  line('M70 42v14M76 42v14', c.light, 2.5) +
  '</g>';
const filmTicket = (c: Colours) =>
  box(18, 40, 60, 40, 5, c.main) +
  area('M17 28l58-10 2 10-58 10z', c.dark) +
  [24, 38, 52].map((x) => area(`M${x} ${34.5 - (x - 24) * 0.17}l8-9 8-1.4-8 9z`, WHITE)).join('') +
  area('M42 50l16 10-16 10z', WHITE);
const wheel = (c: Colours) =>
  line('M48 46L32 82M48 46l16 36M28 82h40', c.dark, 3.5) +
  `<circle cx="48" cy="42" r="26" fill="none" stroke="${c.main}" stroke-width="3.5"/>` +
  line('M48 16v52M22 42h52M30 24l36 36M66 24L30 60', c.light, 1.8) +
  [
    [48, 16],
    [74, 42],
    [48, 68],
    [22, 42],
    [30, 24],
    [66, 24],
    [30, 60],
    [66, 60],
  ]
    .map(([x = 0, y = 0], index) => disc(x, y, 5, index % 2 ? c.main : c.other))
    .join('');
const waves = (c: Colours) =>
  disc(66, 30, 12, '#f4c14d') +
  area('M10 54q10-9 19 0t19 0 19 0 19 0v26H10z', c.main) +
  area('M10 66q10-9 19 0t19 0 19 0 19 0v14H10z', c.dark) +
  area('M30 52c0-16 10-22 20-20l-4 8c-6 0-8 4-8 12z', c.other);
const picture = (c: Colours) =>
  box(18, 20, 60, 54, 3, WOOD) +
  box(24, 26, 48, 42, 1, WHITE) +
  disc(58, 38, 6, c.other) +
  area('M24 68l16-24 12 14 8-8 12 18z', c.main) +
  area('M24 68l16-24 6 7-10 17z', c.dark);

const cloud = (x: number, y: number): string =>
  disc(x, y, 7, WHITE) +
  disc(x + 9, y - 3, 9, WHITE) +
  disc(x + 19, y, 7, WHITE) +
  box(x - 5, y, 29, 7, 3.5, WHITE);
const plane = (c: Colours) =>
  cloud(18, 30) +
  cloud(52, 76) +
  `<g transform="rotate(-24 48 50)">${area('M12 46h54c10 0 18 3 18 7s-8 7-18 7H24z', WHITE)}` +
  area('M12 46h10l-4-16h-8zM40 54h16L40 80h-9zM44 46h12L44 26h-8z', c.main) +
  area('M12 53h72c-1 4-8 7-18 7H24z', c.light) +
  [38, 46, 54, 62].map((x) => disc(x, 50, 1.8, c.dark)).join('') +
  '</g>';
const boardingPass = (c: Colours) =>
  `<g transform="rotate(-8 48 50)">${box(12, 28, 72, 44, 5, WHITE)}${box(12, 28, 72, 12, 5, c.main)}` +
  line('M62 42v28', c.light, 1.6) +
  area('M18 56l14-4v-6c0-3 3-3 3 0v6l14 4v3l-14-2v5l3 2v2l-4.5-1-4.5 1v-2l3-2v-5l-14 2z', c.main) +
  line('M67 48v18M71 48v18M76 48v18', c.dark, 2) +
  '</g>';

const suitcase = (c: Colours) =>
  line('M38 28V14h20v14', c.dark, 4) +
  box(24, 26, 48, 52, 8, c.main) +
  [34, 48, 62].map((x) => line(`M${x} 32v40`, c.dark, 2.4)).join('') +
  disc(34, 80, 4, c.dark) +
  disc(62, 80, 4, c.dark) +
  `<g transform="rotate(14 62 46)">${box(52, 38, 22, 15, 2, WHITE)}${line('M56 43h10M56 48h7', c.other, 2)}</g>`;

const pane = (x: number, y: number, fill: string): string => box(x, y, 7, 9, 1.5, fill);
const hotel = (c: Colours) =>
  box(26, 16, 44, 65, 3, c.main) +
  box(26, 16, 44, 9, 3, c.dark) +
  [32, 44.5, 57].flatMap((x) => [30, 44, 58].map((y) => pane(x, y, y === 44 ? '#fbe6a6' : WHITE))).join('') +
  box(42, 70, 12, 11, 1, c.dark) +
  box(14, 54, 12, 27, 2, c.light) +
  box(70, 46, 12, 35, 2, c.light);
const resort = (c: Colours) =>
  disc(70, 26, 11, '#f4c14d') +
  area('M10 66h76v14H10z', c.main) +
  line('M14 72q6-4 12 0t12 0 12 0 12 0 12 0', WHITE, 2) +
  line('M34 68c0-18 2-28 6-36', WOOD, 5) +
  area(
    'M40 32c-12-8-22-4-26 4 8-3 16-3 26-4zM40 32c-8-12-2-18 8-20-2 8-4 12-8 20zM40 32c12-6 22-2 24 8-8-5-14-7-24-8zM40 32c-8 4-14 10-14 18 6-6 10-10 14-18z',
    LEAF,
  ) +
  box(54, 50, 26, 16, 2, WHITE) +
  area('M50 50l17-11 17 11z', c.dark);
const house = (c: Colours) =>
  box(24, 46, 48, 35, 2, WHITE) +
  area('M12 48c14-2 26-12 36-24 10 12 22 22 36 24l-4 6H16z', c.main) +
  line('M18 49c12-2 22-10 30-20 8 10 18 18 30 20', c.light, 2) +
  box(42, 60, 13, 21, 1, WOOD) +
  pane(29, 60, c.light) +
  pane(61, 60, c.light);

export const TICKETS: readonly Drawing[] = [
  drawing('뮤지컬, 콘서트', stageTicket),
  drawing('영화', filmTicket),
  drawing('전시', picture),
  drawing('놀이공원, 키즈카페', wheel),
  drawing('워터파크, 온천', waves, 200),
];

export const FLIGHTS: readonly Drawing[] = [
  drawing('제주, 도쿄, 파리, 타이베이', plane, 210),
  drawing('부산, 오사카, 다낭', boardingPass),
  drawing('방콕, 괌', suitcase),
];

export const LODGING: readonly Drawing[] = [
  drawing('호텔, 콘도', hotel),
  drawing('리조트, 풀빌라', resort, 195),
  drawing('펜션, 한옥', house),
];
