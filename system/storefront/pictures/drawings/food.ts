// What is eaten, taken or drunk.
import {
  area,
  box,
  type Colours,
  type Drawing,
  disc,
  drawing,
  GREY,
  LEAF,
  line,
  oval,
  WHITE,
  WOOD,
} from '../drawing.ts';

const leaf = (x: number, y: number): string => area(`M${x} ${y}c4-10 14-12 20-10-2 8-10 14-20 10z`, LEAF);
const stalk = (x: number, y: number): string => line(`M${x} ${y}c0-6 2-9 5-12`, WOOD, 3);

const apple = (c: Colours) =>
  area(
    'M48 34c-12-9-28-1-26 18 1 17 12 30 20 30 3 0 4-2 6-2s3 2 6 2c8 0 19-13 20-30 2-19-14-27-26-18z',
    c.main,
  ) +
  area('M30 44c2-6 7-9 12-8-6 3-9 8-9 16-3-1-4-4-3-8z', c.light) +
  stalk(48, 34) +
  leaf(51, 28);

const pear = (c: Colours) =>
  area(
    'M48 24c9 0 11 10 13 17 3 8 13 12 13 24 0 11-11 17-26 17s-26-6-26-17c0-12 10-16 13-24 2-7 4-17 13-17z',
    c.main,
  ) +
  area('M32 60c1-6 6-9 9-14 0 8-4 14-4 22-3 0-6-3-5-8z', c.light) +
  stalk(48, 25) +
  [44, 56, 62].map((x) => disc(x, 66, 1.3, c.dark)).join('');

const grapes = (c: Colours) =>
  stalk(48, 30) +
  leaf(50, 30) +
  [
    [34, 40],
    [48, 38],
    [62, 40],
    [40, 51],
    [55, 51],
    [35, 60],
    [48, 62],
    [61, 60],
    [42, 72],
    [54, 72],
    [48, 80],
  ]
    .map(
      ([x = 0, y = 0], index) =>
        disc(x, y, 8, index % 2 ? c.dark : c.main) + disc(x - 2.5, y - 2.5, 2, c.light),
    )
    .join('');

const citrus = (c: Colours) =>
  disc(38, 58, 21, c.main) +
  disc(31, 51, 5, c.light) +
  leaf(38, 36) +
  disc(62, 62, 18, c.dark) +
  disc(62, 62, 15.5, c.light) +
  [0, 60, 120, 180, 240, 300]
    .map(
      (turn) =>
        `<path transform="rotate(${turn} 62 62)" d="M62 60c-4-3-5-8-3-11h6c2 3 1 8-3 11z" fill="${c.main}"/>`,
    )
    .join('');

const berry = (x: number, y: number, size: number, c: Colours): string =>
  `<g transform="translate(${x} ${y}) scale(${size})">` +
  area('M0-14c10-4 20 0 19 11-1 10-12 24-19 27-7-3-18-17-19-27-1-11 9-15 19-11z', c.main) +
  [
    [-9, -3],
    [0, -2],
    [9, -3],
    [-5, 7],
    [5, 7],
    [0, 15],
  ]
    .map(([dx = 0, dy = 0]) => oval(dx, dy, 1.1, 1.8, c.light))
    .join('') +
  area('M0-11c-5 5-10 4-13 1 4-1 5-5 13-6 8 1 9 5 13 6-3 3-8 4-13-1z', LEAF) +
  '</g>';

const strawberries = (c: Colours) => berry(34, 46, 1.05, c) + berry(60, 58, 1.15, c);

const tomatoes = (c: Colours) =>
  [
    [34, 60, 15],
    [62, 62, 16],
    [48, 42, 15],
  ]
    .map(
      ([x = 0, y = 0, r = 0]) =>
        disc(x, y, r, c.main) +
        disc(x - 5, y - 5, 3.5, c.light) +
        line(`M${x - 6} ${y - r + 2}l6 3 6-3M${x} ${y - r + 5}v-8`, LEAF, 3),
    )
    .join('');

const potatoes = (c: Colours) =>
  area('M20 54c2-14 18-20 30-14s12 24 2 32-34 4-32-18z', c.main) +
  area('M46 62c0-12 12-18 22-14s14 16 6 24-28 6-28-10z', c.dark) +
  [
    [30, 54],
    [40, 48],
    [36, 66],
    [60, 60],
    [68, 68],
  ]
    .map(([x = 0, y = 0]) => oval(x, y, 2, 1.2, c.light))
    .join('');

const onion = (c: Colours) =>
  line('M48 34c-2-8-6-12-8-16M48 34V16M48 34c2-8 6-12 8-16', LEAF, 4) +
  area('M48 30c4 8 27 12 27 30 0 14-12 22-27 22s-27-8-27-22c0-18 23-22 27-30z', c.main) +
  line('M48 34c-14 12-16 30-8 46M48 34c14 12 16 30 8 46M48 34v46', c.light, 2);

const greens = () =>
  [-34, -12, 12, 34]
    .map(
      (turn, index) =>
        `<g transform="rotate(${turn} 48 80)">` +
        area('M48 80c-14-16-18-38-8-54 3-6 13-6 16 0 10 16 6 38-8 54z', index % 2 ? '#7fb75f' : LEAF) +
        line('M48 78V34M48 58l-7-8M48 50l7-8', '#cfe6b8', 1.8) +
        '</g>',
    )
    .join('');

const paprika = (c: Colours) =>
  line('M48 32c0-8 4-12 9-13', LEAF, 5) +
  area(
    'M40 32c6-3 11-3 16 0 12-4 20 6 18 20-2 16-12 30-18 30-3 0-5-3-8-3s-5 3-8 3c-6 0-16-14-18-30-2-14 6-24 18-20z',
    c.main,
  ) +
  line('M40 36c-4 14-3 30 2 42M56 36c4 14 3 30-2 42', c.dark, 2) +
  area('M28 48c1-6 4-8 7-8-3 6-3 12-2 20-4-3-6-7-5-12z', c.light);

const melon = (c: Colours) =>
  `<g transform="rotate(-24 48 54)">${oval(48, 54, 30, 22, c.main)}` +
  [-14, 0, 14].map((dy) => line(`M20 ${54 + dy * 0.7}q28 ${dy} 56 0`, WHITE, 3)).join('') +
  '</g>' +
  line('M24 66l-6 5', LEAF, 4);

const tray = box(14, 36, 68, 42, 9, WHITE) + box(18, 40, 60, 34, 6, '#e9ecee');

const steak = (c: Colours) =>
  tray +
  area('M28 56c0-12 16-18 28-14s20 16 12 24-40 6-40-10z', c.main) +
  area('M36 56c2-7 12-9 20-6s12 9 8 13-28 3-28-7z', c.light) +
  line('M44 52q6 4 4 10M56 52q2 5-2 10', WHITE, 2.5);

const belly = (c: Colours) =>
  tray +
  [44, 54, 64]
    .map(
      (y) =>
        box(24, y, 48, 8, 4, c.main) +
        box(28, y + 2.2, 40, 1.8, 1, WHITE) +
        box(24, y + 5.5, 48, 2.5, 1.2, c.light),
    )
    .join('');

const poultry = (c: Colours) =>
  tray +
  area(
    'M30 46c10-6 26-2 32 6 6 4 8 8 12 9 3 1 3 5 0 6s-4 4-7 2-6-4-10-3c-10 4-28 4-32-4-3-6 0-13 5-16z',
    c.main,
  ) +
  area('M34 50c5-4 12-4 17-1-7 1-12 4-14 9-4-1-6-5-3-8z', c.light);

const sausages = (c: Colours) =>
  tray +
  [46, 58, 70]
    .map((y) => line(`M28 ${y}q20-9 40 0`, c.main, 8) + line(`M32 ${y - 4}q16-6 30 0`, c.light, 1.6))
    .join('');

const dumplings = (c: Colours) =>
  box(16, 52, 64, 26, 6, WOOD) +
  [30, 48, 66]
    .map(
      (x) =>
        area(`M${x - 12} 56c0-14 24-14 24 0z`, WHITE) +
        line(`M${x - 8} 50q3-5 4-1q3-5 4-1q3-5 4-1q3-4 4 2`, c.light, 1.8),
    )
    .join('') +
  line('M16 60h64M16 68h64', '#9a7048', 2);

const pillBottle = (c: Colours) =>
  box(32, 15, 32, 15, 4, WHITE) +
  line('M38 18v9M44 18v9M50 18v9M56 18v9', '#d9dee2', 2) +
  box(27, 30, 42, 50, 8, c.main) +
  box(27, 42, 42, 26, 0, WHITE) +
  disc(40, 55, 7, c.light) +
  line('M36.5 55h7M40 51.500v7', c.dark, 2.4) +
  box(51, 49, 14, 3, 1.5, c.main) +
  box(51, 55, 10, 3, 1.5, GREY);

const capsulesBlister = (c: Colours) =>
  `<g transform="rotate(-12 48 50)">${box(20, 26, 56, 48, 6, '#dfe4e8')}` +
  [34, 48, 62]
    .flatMap((x) => [
      box(x - 5, 32, 10, 16, 5, c.main) + box(x - 5, 32, 10, 8, 5, c.light),
      box(x - 5, 53, 10, 16, 5, c.main) + box(x - 5, 53, 10, 8, 5, c.light),
    ])
    .join('') +
  '</g>';

const sachets = (c: Colours) =>
  [-16, 0, 16]
    .map(
      (turn, index) =>
        `<g transform="rotate(${turn} 48 88)">${box(37, 18, 22, 60, 3, index === 1 ? c.main : c.light)}` +
        line('M37 25h22', c.dark, 1.5) +
        box(42, 38, 12, 20, 3, WHITE) +
        '</g>',
    )
    .join('');

const juicePouch = (c: Colours) =>
  box(56, 12, 9, 12, 3, c.dark) +
  area('M30 22h36l6 52a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6z', c.main) +
  area('M30 22h8l-4 58h-4a6 6 0 0 1-6-6z', c.light) +
  area('M48 38c8 9 11 14 11 20a11 11 0 0 1-22 0c0-6 3-11 11-20z', WHITE) +
  disc(48, 59, 6, c.main);

const honeyJar = (c: Colours) =>
  box(30, 20, 36, 12, 4, WOOD) +
  box(24, 34, 48, 46, 12, c.main) +
  area('M24 46a12 12 0 0 1 12-12h3v46h-3a12 12 0 0 1-12-12z', c.light) +
  area('M40 48l8-5 8 5v9l-8 5-8-5z', WHITE) +
  area('M44 50l4-2.5 4 2.500v5l-4 2.5-4-2.500z', c.dark);

const giftBox = (c: Colours) =>
  box(20, 40, 56, 40, 4, c.main) +
  box(17, 30, 62, 13, 3, c.dark) +
  box(43, 30, 10, 50, 0, c.other) +
  area('M48 30c-6-14-20-12-18-4 1 4 9 4 18 4zM48 30c6-14 20-12 18-4-1 4-9 4-18 4z', c.other);

const shake = (c: Colours) =>
  box(26, 16, 44, 14, 5, c.dark) +
  box(28, 30, 40, 50, 6, c.main) +
  box(28, 44, 40, 22, 0, WHITE) +
  line('M36 55h4M56 55h4M40 51v8M56 51v8M40 55h16', c.dark, 3);

export const PRODUCE: readonly Drawing[] = [
  drawing('사과', apple, 2),
  drawing('신고배', pear, 44),
  drawing('머스캣, 포도', grapes, 82),
  drawing('감귤', citrus, 28),
  drawing('딸기', strawberries, 354),
  drawing('토마토', tomatoes, 8),
  drawing('감자, 고구마', potatoes, 30),
  drawing('양파', onion, 34),
  drawing('채소', greens),
  drawing('파프리카', paprika, 45),
  drawing('참외', melon, 48),
];

export const MEAT: readonly Drawing[] = [
  drawing('등심, 국거리, 갈비', steak, 2),
  drawing('삼겹살, 목살', belly, 350),
  drawing('닭, 오리', poultry, 26),
  drawing('소시지, 햄', sausages, 10),
  drawing('만두', dumplings, 36),
];

export const SUPPLEMENTS: readonly Drawing[] = [
  drawing('비타민, 마그네슘, 칼슘, 철분', pillBottle),
  drawing('오메가, 루테인, 밀크씨슬', capsulesBlister),
  drawing('유산균, 콜라겐', sachets),
];

export const HEALTH_FOOD: readonly Drawing[] = [
  drawing('즙, 진액', juicePouch),
  drawing('꿀, 홍삼정', honeyJar, 34),
  drawing('스틱', sachets, 8),
  drawing('쉐이크', shake),
  drawing('녹용, 침향환', giftBox),
];
