// What lasts for years: of the office, the home and leisure.
import {
  area,
  box,
  type Colours,
  type Drawing,
  disc,
  drawing,
  GREY,
  INK,
  line,
  oval,
  WHITE,
  WOOD,
} from '../drawing.ts';

const chair = (c: Colours) =>
  box(30, 14, 36, 32, 8, c.main) +
  box(35, 20, 26, 20, 5, c.light) +
  box(26, 50, 44, 11, 5, c.dark) +
  line('M48 61v12M30 80l18-8 18 8M48 46v4', INK, 4) +
  [30, 48, 66].map((x) => disc(x, 81, 3, INK)).join('');
const desk = (c: Colours) =>
  box(14, 40, 68, 7, 2, WOOD) +
  line('M20 47v34M76 47v34', INK, 4) +
  box(50, 47, 24, 20, 2, c.main) +
  line('M58 57h8', WHITE, 2) +
  box(24, 20, 24, 17, 2, INK) +
  box(26, 22, 20, 13, 1, c.light) +
  line('M36 37v3', INK, 3);
const printer = (c: Colours) =>
  box(30, 14, 36, 24, 2, WHITE) +
  box(18, 34, 60, 32, 6, c.main) +
  box(28, 56, 40, 24, 2, WHITE) +
  line('M34 64h28M34 71h20', GREY, 2.4) +
  disc(68, 43, 3, c.light) +
  box(26, 40, 26, 5, 2.5, c.dark);
const pen = (c: Colours) =>
  `<g transform="rotate(42 48 48)">${box(41, 8, 14, 34, 5, c.dark)}${box(41, 40, 14, 4, 0, '#d9b45c')}${box(42, 44, 12, 26, 2, c.main)}` +
  area('M43 70h10l-5 18z', '#d9b45c') +
  line('M48 74v8', INK, 1.2) +
  line('M58 12v22', '#d9b45c', 3) +
  '</g>';
const cabinet = (c: Colours) =>
  box(26, 14, 44, 67, 4, c.main) +
  [19, 40, 61].map((y) => box(31, y, 34, 16, 2, c.light) + line(`M43 ${y + 8}h10`, c.dark, 3)).join('');
const backpack = (c: Colours) =>
  line('M38 22c0-12 20-12 20 0', c.dark, 5) +
  area('M30 38c0-22 36-22 36 0l4 36a6 6 0 0 1-6 7H32a6 6 0 0 1-6-7z', c.main) +
  box(33, 54, 30, 22, 5, c.dark) +
  line('M33 61h30', c.light, 2) +
  box(40, 34, 16, 9, 3, c.light);
const deskLamp = (c: Colours) =>
  line('M40 78L30 50l22-24', INK, 4) +
  area('M46 20l22 2 10 22c-12-2-24-8-32-24z', c.main) +
  area('M62 46l-6 20h30l-8-22z', '#fbe6a6') +
  box(26, 76, 30, 6, 3, c.dark);
const board = (c: Colours) =>
  box(14, 20, 68, 44, 3, WHITE) +
  `<rect x="14" y="20" width="68" height="44" rx="3" fill="none" stroke="${GREY}" stroke-width="3"/>` +
  line('M24 50l12-14 10 8 16-16', c.main, 3.5) +
  line('M24 56h30', c.light, 2.5) +
  line('M30 66l-8 16M66 66l8 16', GREY, 3.5);

const screen = (x: number, y: number, width: number, height: number, c: Colours): string =>
  box(x, y, width, height, 4, INK) +
  box(x + 3, y + 3, width - 6, height - 6, 2, c.main) +
  area(
    `M${x + 3} ${y + height - 3}L${x + width * 0.6} ${y + 3}h${width * 0.2}L${x + width * 0.35} ${y + height - 3}z`,
    c.light,
  );
const laptop = (c: Colours) =>
  screen(20, 22, 56, 40, c) + area('M12 64h72l-5 10H17z', GREY) + box(40, 64, 16, 3, 1.5, INK);
const monitor = (c: Colours) =>
  screen(12, 18, 72, 46, c) + area('M42 64h12l3 13H39z', GREY) + box(30, 76, 36, 5, 2.5, INK);
const television = (c: Colours) => screen(8, 20, 80, 50, c) + line('M26 72l-5 8M70 72l5 8', INK, 4);
const tablet = (c: Colours) => screen(26, 12, 44, 68, c) + disc(48, 77, 1.6, WHITE);
const keyboard = (c: Colours) =>
  box(10, 34, 76, 36, 6, c.dark) +
  [40, 49, 58]
    .flatMap((y, row) =>
      [0, 1, 2, 3, 4, 5, 6].map((i) => box(15 + i * 9.7, y, 7.5, 6.5, 1.5, (i + row) % 4 ? WHITE : c.main)),
    )
    .join('');
const earphones = (c: Colours) =>
  box(22, 42, 52, 38, 14, c.main) +
  line('M22 56h52', c.dark, 2) +
  disc(48, 66, 2.5, WHITE) +
  [34, 62].map((x) => disc(x, 28, 8, WHITE) + box(x - 3, 28, 6, 18, 3, WHITE) + disc(x, 27, 3, INK)).join('');
const graphicsCard = (c: Colours) =>
  box(12, 34, 72, 34, 4, INK) +
  [32, 64]
    .map(
      (x) =>
        disc(x, 51, 13, c.main) +
        line(`M${x - 9} 51h18M${x} 42v18M${x - 6} 45l12 12M${x + 6} 45l-12 12`, c.dark, 2.4) +
        disc(x, 51, 4, INK),
    )
    .join('') +
  box(24, 68, 44, 5, 1, '#d9b45c');
const gamepad = (c: Colours) =>
  area('M26 34h44c12 0 18 36 10 42-8 5-14-10-20-12H36c-6 2-12 17-20 12-8-6-2-42 10-42z', c.main) +
  line('M28 48h12M34 42v12', WHITE, 4) +
  disc(60, 44, 3.5, c.light) +
  disc(68, 50, 3.5, c.light) +
  disc(42, 60, 4.5, c.dark) +
  disc(55, 60, 4.5, c.dark);
const drive = (c: Colours) =>
  `<g transform="rotate(-14 48 50)">${box(26, 16, 44, 64, 7, c.main)}${box(26, 16, 44, 20, 7, c.dark)}` +
  line('M36 50h24M36 58h16', WHITE, 3) +
  disc(60, 26, 2.5, c.light) +
  '</g>';
const router = (c: Colours) =>
  line('M26 56V22M48 56V16M70 56V22', INK, 5) +
  box(14, 54, 68, 22, 7, c.main) +
  [26, 36, 46].map((x) => disc(x, 65, 2.6, c.light)).join('');
const watch = (c: Colours) =>
  area('M36 10h24l3 24H33zM33 62h30l-3 24H36z', c.dark) +
  box(26, 28, 44, 42, 12, INK) +
  box(31, 33, 34, 32, 8, c.main) +
  line('M48 40v9l7 5', WHITE, 3);

const tent = (c: Colours) =>
  area('M48 20l40 58H8z', c.main) +
  area('M48 20L88 78H62z', c.dark) +
  area('M48 34l14 44H34z', INK) +
  line('M48 20v-8', WOOD, 3) +
  area('M48 10h12l-4 4 4 4H48z', c.light);
const tarp = (c: Colours) =>
  line('M18 36v46M78 36v46M48 26v56', WOOD, 3) +
  area('M8 40l40-22 40 22-40-6z', c.main) +
  area('M48 18l40 22-40-6z', c.dark) +
  line('M8 40L4 78M88 40l4 38', GREY, 1.4);
const campChair = (c: Colours) =>
  line('M24 82L70 46M72 82L26 46M26 46V18M70 46V18', INK, 3.5) +
  area('M26 18h44v26H26z', c.main) +
  area('M24 48h48l-4 14H28z', c.dark) +
  box(20, 42, 16, 5, 2.5, WOOD) +
  box(60, 42, 16, 5, 2.5, WOOD);
const sleepingBag = (c: Colours) =>
  `<g transform="rotate(-8 48 52)">${box(10, 38, 76, 30, 15, c.main)}${box(10, 38, 28, 30, 15, c.light)}` +
  line('M38 39v28M52 38v30M66 38v30', c.dark, 2) +
  disc(24, 53, 8, WHITE) +
  '</g>';
const fire = (c: Colours) =>
  area(
    'M48 16c4 12 18 16 16 32-1 8-8 12-16 12s-15-4-16-12c-1-8 5-10 6-18 4 2 6 6 6 10 4-6 6-14 4-24z',
    '#ef8a3c',
  ) +
  area('M48 36c4 6 8 8 7 14-1 5-4 7-7 7s-7-2-7-7c0-6 5-8 7-14z', '#fbd46b') +
  area('M20 58h56l-8 14H28z', c.dark) +
  line('M32 72l-6 10M64 72l6 10', INK, 4);
const lantern = (c: Colours) =>
  line('M36 24c0-16 24-16 24 0', INK, 3) +
  box(34, 22, 28, 9, 3, c.dark) +
  box(36, 31, 24, 36, 6, '#fbe6a6') +
  line('M48 38v18', '#ef8a3c', 6) +
  box(32, 66, 32, 14, 4, c.main);
const campTable = (c: Colours) =>
  box(12, 36, 72, 8, 3, WOOD) +
  line('M22 44l52 36M74 44L22 80', GREY, 4) +
  box(30, 22, 12, 14, 2, c.main) +
  line('M42 26c6-2 6 8 0 6', c.main, 2.4) +
  disc(60, 30, 6, c.other);
const coolBox = (c: Colours) =>
  line('M34 34V20h28v14', INK, 4) +
  box(16, 44, 64, 36, 6, c.main) +
  box(14, 32, 68, 14, 5, WHITE) +
  box(42, 40, 12, 12, 2, c.dark) +
  line('M24 68h18', c.light, 3);
const airMat = (c: Colours) =>
  area('M16 70l14-38h52l-14 38z', c.main) +
  [0, 1, 2, 3].map((i) => line(`M${27 + i * 11} 68l12-34`, c.light, 4)).join('') +
  area('M16 70h52v6H16z', c.dark);

const club = (c: Colours) =>
  line('M62 12L40 66', GREY, 4) +
  line('M62 12l-5 13', INK, 7) +
  area('M42 60c6 2 8 10 2 16-8 6-26 4-26-4 0-7 14-14 24-12z', c.main) +
  line('M24 70q8-6 18-4', c.light, 2) +
  disc(70, 74, 7, WHITE);
const irons = (c: Colours) =>
  [30, 46, 62]
    .map(
      (x, i) =>
        line(`M${x + 8} ${12 + i * 3}L${x} 64`, GREY, 3.5) +
        line(`M${x + 8} ${12 + i * 3}l-1.5 11`, INK, 6) +
        area(`M${x - 3} 62l7 1 4 14-16 1z`, i === 1 ? c.main : c.dark),
    )
    .join('');
const shoe = (c: Colours) =>
  area('M14 40c8 2 12-2 16-6l18 18c10 4 26 4 32 10 4 4 3 10 2 12H16c-4-10-4-24-2-34z', c.main) +
  box(14, 70, 70, 7, 3, WHITE) +
  line('M36 46l8-5M42 52l8-5M48 57l7-6', WHITE, 2.6) +
  area('M14 40c8 2 12-2 16-6l6 6c-6 6-14 8-22 6z', c.dark);
const balls = (c: Colours) =>
  [
    [34, 62, 17],
    [64, 62, 17],
    [49, 38, 17],
  ]
    .map(
      ([x = 0, y = 0, r = 0]) =>
        disc(x, y, r, WHITE) +
        [-6, 0, 6].flatMap((dx) => [-6, 0, 6].map((dy) => disc(x + dx, y + dy, 1.3, '#d5dade'))).join('') +
        line(`M${x - 5} ${y + 10}h10`, c.main, 2.4),
    )
    .join('');
const caddyBag = (c: Colours) =>
  [38, 48, 58].map((x) => line(`M${x} 30L${x - 2} 12`, GREY, 3) + disc(x - 2, 12, 4.5, c.other)).join('') +
  area('M32 28h32l-4 52a4 4 0 0 1-4 4H40a4 4 0 0 1-4-4z', c.main) +
  box(31, 25, 34, 8, 4, c.dark) +
  box(38, 50, 20, 22, 4, c.light);
const rangefinder = (c: Colours) =>
  box(18, 30, 60, 38, 12, c.main) +
  disc(34, 49, 13, INK) +
  disc(34, 49, 8, c.light) +
  disc(64, 42, 5, INK) +
  box(54, 56, 18, 5, 2.5, c.dark) +
  box(50, 26, 18, 6, 3, c.dark);
const glove = (c: Colours) =>
  area(
    'M34 48V24c0-5 7-5 7 0v-6c0-5 7-5 7 0v5c0-5 7-5 7 0v6c0-5 7-4 7 1v26c0 10-6 14-8 18v10H38V72c-6-8-14-14-16-22 0-5 6-6 8-1z',
    WHITE,
  ) +
  box(36, 72, 20, 11, 3, c.main) +
  line('M41 26v18M48 22v20M55 28v16', '#d5dade', 2);
const poloShirt = (c: Colours) =>
  area('M36 22l-18 9 6 18 8-3v34h32V46l8 3 6-18-18-9z', c.main) +
  area('M38 20l10 10 10-10 2 6-12 10-12-10z', c.light) +
  line('M48 34v12', c.dark, 2) +
  disc(58, 48, 3, WHITE);

const front = (c: Colours): string =>
  box(22, 14, 52, 67, 5, WHITE) + box(22, 14, 52, 13, 5, c.light) + disc(66, 20.5, 2.6, c.dark);
const washer = (c: Colours) =>
  front(c) +
  disc(48, 53, 19, GREY) +
  disc(48, 53, 14.5, c.main) +
  area('M34 55q7-6 14 0t14 0a14.5 14.5 0 0 1-28 0z', c.light) +
  line('M28 20h14', c.dark, 3);
const dishwasher = (c: Colours) =>
  front(c) +
  box(27, 32, 42, 42, 3, c.main) +
  line('M30 68h36', WHITE, 2) +
  [36, 46, 56].map((x) => oval(x, 54, 3, 11, WHITE)).join('') +
  line('M36 20h18', c.dark, 3);
const fridge = (c: Colours) =>
  box(22, 10, 52, 72, 5, c.main) +
  line('M48 11v70M22 50h52', c.dark, 2) +
  line('M44 26v14M52 26v14M44 58v8M52 58v8', WHITE, 3) +
  box(56, 18, 11, 6, 2, c.light);
const closet = (c: Colours) =>
  box(30, 8, 36, 74, 4, c.dark) +
  box(34, 12, 28, 50, 2, c.main) +
  line('M36 14l6 46', c.light, 3) +
  line('M40 72h16', c.light, 3);
const robot = (c: Colours) =>
  oval(48, 62, 34, 16, INK) +
  oval(48, 56, 34, 18, c.main) +
  oval(48, 54, 24, 11, c.light) +
  oval(48, 50, 9, 5, INK) +
  disc(66, 59, 2, WHITE);
const airConditioner = (c: Colours) =>
  box(10, 26, 76, 28, 7, WHITE) +
  box(16, 44, 64, 5, 2.5, c.dark) +
  disc(76, 34, 2.4, c.main) +
  line('M28 62q-4 6 0 12M48 62q-4 6 0 12M68 62q-4 6 0 12', c.main, 3.5);
const purifier = (c: Colours) =>
  box(28, 12, 40, 69, 12, WHITE) +
  disc(48, 34, 13, c.main) +
  line('M40 34h16M42 28h12M42 40h12', WHITE, 2) +
  [58, 65, 72].map((y) => line(`M36 ${y}h24`, c.light, 3)).join('');

const sofa = (c: Colours) =>
  box(16, 28, 64, 34, 10, c.dark) +
  box(22, 48, 26, 16, 5, c.light) +
  box(48, 48, 26, 16, 5, c.light) +
  box(8, 42, 16, 30, 8, c.main) +
  box(72, 42, 16, 30, 8, c.main) +
  box(20, 60, 56, 13, 3, c.main) +
  line('M18 74v6M78 74v6', WOOD, 4);
const recliner = (c: Colours) =>
  `<g transform="rotate(-10 40 40)">${box(22, 16, 30, 42, 10, c.main)}</g>` +
  box(22, 50, 40, 18, 8, c.dark) +
  box(58, 54, 26, 11, 5, c.light) +
  box(26, 46, 30, 9, 4.5, c.light) +
  line('M32 68v10h20V68', INK, 4);
const bed = (c: Colours) =>
  box(12, 24, 10, 52, 4, WOOD) +
  box(20, 50, 64, 16, 4, WHITE) +
  box(24, 42, 20, 11, 5, '#e9ecee') +
  area('M40 48h38a6 6 0 0 1 6 6v14H40z', c.main) +
  area('M40 48h14v20H40z', c.light) +
  box(18, 66, 66, 8, 2, WOOD) +
  line('M22 74v7M80 74v7', WOOD, 4);
const mattress = (c: Colours) =>
  area('M14 52l20-20h52L66 52z', WHITE) +
  area('M14 52h52v20H14z', c.light) +
  area('M66 52l20-20v18L66 72z', c.main) +
  line('M22 62h36', c.dark, 2) +
  [34, 48, 62].map((x) => disc(x, 42, 1.5, GREY)).join('');
const bunk = (c: Colours) =>
  line('M18 14v68M78 14v68', WOOD, 5) +
  box(18, 34, 60, 9, 2, c.main) +
  box(18, 66, 60, 9, 2, c.main) +
  box(22, 27, 18, 8, 4, WHITE) +
  box(22, 59, 18, 8, 4, WHITE) +
  line('M64 43v23M72 43v23M64 50h8M64 58h8', WOOD, 2.5);

export const OFFICE: readonly Drawing[] = [
  drawing('의자', chair),
  drawing('책상', desk),
  drawing('복합기, 세단기', printer),
  drawing('만년필', pen),
  drawing('캐비닛', cabinet),
  drawing('가방', backpack),
  drawing('스탠드', deskLamp),
  drawing('화이트보드', board),
  drawing('전자사전', tablet),
];

export const ELECTRONICS: readonly Drawing[] = [
  drawing('노트북', laptop),
  drawing('키보드', keyboard),
  drawing('모니터', monitor),
  drawing('태블릿', tablet),
  drawing('이어폰', earphones),
  drawing('그래픽카드', graphicsCard),
  drawing('게임기', gamepad),
  drawing('SSD', drive),
  drawing('공유기', router),
  drawing('워치', watch),
];

export const CAMPING: readonly Drawing[] = [
  drawing('텐트', tent),
  drawing('타프', tarp),
  drawing('의자', campChair),
  drawing('침낭', sleepingBag),
  drawing('화로대, 버너', fire),
  drawing('랜턴', lantern),
  drawing('테이블', campTable),
  drawing('아이스박스', coolBox),
  drawing('매트', airMat),
];

export const GOLF: readonly Drawing[] = [
  drawing('드라이버, 퍼터', club),
  drawing('아이언, 웨지', irons),
  drawing('골프화', shoe),
  drawing('골프공', balls),
  drawing('캐디백', caddyBag),
  drawing('거리측정기', rangefinder),
  drawing('장갑', glove),
  drawing('골프웨어', poloShirt),
];

export const APPLIANCES: readonly Drawing[] = [
  drawing('세탁기, 건조기', washer),
  drawing('식기세척기', dishwasher),
  drawing('냉장고', fridge),
  drawing('스타일러', closet),
  drawing('청소기', robot),
  drawing('에어컨', airConditioner),
  drawing('청정기', purifier),
  drawing('TV', television),
];

export const FURNITURE: readonly Drawing[] = [
  drawing('소파', sofa),
  drawing('리클라이너', recliner),
  drawing('이층', bunk),
  drawing('매트리스', mattress),
  drawing('침대, 모션베드', bed),
];
