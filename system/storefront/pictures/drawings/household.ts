// Bottles, tubes, jars and paper: what a household uses up.
import { area, box, type Colours, type Drawing, disc, drawing, GREY, line, oval, WHITE } from '../drawing.ts';

const label = (x: number, y: number, width: number, height: number, { main }: Colours): string =>
  box(x, y, width, height, 3, WHITE) +
  box(x + 4, y + 5, width - 8, 3, 1.5, main) +
  box(x + 4, y + 11, (width - 8) * 0.6, 2.5, 1.2, GREY);

const jug = (c: Colours) =>
  box(40, 16, 18, 12, 3, c.other) +
  area('M36 28h26c8 4 10 12 10 20v26a6 6 0 0 1-6 6H32a6 6 0 0 1-6-6V46c0-8 4-14 10-18z', c.main) +
  area('M56 34c6 2 9 8 9 15v8h-7V47c0-6-1-9-4-13z', c.dark) +
  label(31, 52, 26, 20, c);

const pump = (c: Colours) =>
  line('M48 24v-8h14v5', c.dark, 5) +
  box(43, 22, 10, 10, 2, c.dark) +
  box(32, 32, 32, 48, 9, c.main) +
  box(32, 32, 9, 48, 8, c.light) +
  label(36, 48, 24, 20, c);

const spray = (c: Colours) =>
  area('M38 14h20l8 5v7H54l-6 8h-8z', c.other) +
  line('M60 27l5 7', c.dark, 4) +
  area('M40 34h14l10 16v26a5 5 0 0 1-5 5H35a5 5 0 0 1-5-5V50z', c.main) +
  label(35, 54, 24, 18, c);

const flask = (c: Colours) =>
  box(42, 14, 12, 10, 3, c.other) +
  area('M42 24h12v8c8 3 12 8 12 16v28a5 5 0 0 1-5 5H35a5 5 0 0 1-5-5V48c0-8 4-13 12-16z', c.main) +
  area('M36 44c1-4 4-7 8-8v10h-8z', c.light) +
  label(35, 52, 26, 20, c);

const capsules = (c: Colours) =>
  box(24, 36, 48, 44, 8, c.main) +
  box(21, 28, 54, 12, 6, c.other) +
  [36, 48, 60].map((x) => disc(x, 60, 7, WHITE) + area(`M${x - 7} 60a7 7 0 0 1 14 0z`, c.light)).join('');

const toothpaste = (c: Colours) =>
  area('M34 18h28l-4 52H38z', c.main) +
  area('M34 18h28l-1 8H35z', c.dark) +
  box(41, 70, 14, 11, 3, c.other) +
  label(38, 34, 20, 20, c);

const roll = (x: number, y: number, c: Colours): string =>
  box(x - 13, y, 26, 30, 4, WHITE) +
  oval(x, y, 13, 6, c.light) +
  oval(x, y, 4.5, 2.2, c.dark) +
  line(`M${x - 13} ${y + 14}h26`, c.light, 1.5);

const rolls = (c: Colours) => roll(48, 22, c) + roll(34, 50, c) + roll(62, 50, c);

const towelRoll = (c: Colours) =>
  box(32, 20, 32, 58, 5, WHITE) +
  oval(48, 20, 16, 7, c.light) +
  oval(48, 20, 5, 2.4, c.dark) +
  [38, 52, 66].map((y) => line(`M36 ${y}q6-5 12 0t12 0`, c.main, 2)).join('') +
  area('M64 66h12v12H60z', c.light);

const tissueBox = (c: Colours) =>
  area('M36 44c2-12 8-6 10-20 6 8 12 2 14 20z', WHITE) +
  box(20, 42, 56, 38, 5, c.main) +
  oval(48, 45, 17, 4, c.dark) +
  area('M20 62c14-10 28 10 56-4v17a5 5 0 0 1-5 5H25a5 5 0 0 1-5-5z', c.light);

const wipes = (c: Colours) =>
  box(18, 34, 60, 42, 8, c.main) +
  box(34, 40, 28, 20, 6, WHITE) +
  box(38, 44, 20, 12, 4, c.other) +
  box(28, 65, 40, 4, 2, c.light) +
  line('M22 38v34M74 38v34', c.dark, 2);

const cups = (c: Colours) =>
  area('M20 34h28l-4 46H24z', c.main) +
  area('M21 44h26l-1 12H22z', c.light) +
  area('M46 28h30l-4 52H50z', c.other) +
  area('M47 40h28l-1 14H48z', WHITE) +
  box(18, 31, 32, 5, 2.5, WHITE) +
  box(44, 25, 34, 5, 2.5, WHITE);

const jar = (c: Colours) =>
  box(25, 28, 46, 17, 5, c.dark) +
  box(22, 45, 52, 34, 9, c.main) +
  area('M22 54a9 9 0 0 1 9-9h4v34h-4a9 9 0 0 1-9-9z', c.light) +
  label(36, 52, 30, 19, c);

const lotion = (c: Colours) =>
  box(39, 14, 18, 18, 4, c.dark) +
  box(33, 34, 30, 47, 6, c.main) +
  box(33, 34, 8, 47, 5, c.light) +
  label(37, 46, 22, 24, c);

const dropper = (c: Colours) =>
  box(43, 10, 10, 16, 5, c.dark) +
  box(40, 24, 16, 9, 2, GREY) +
  area('M40 33h16v6c6 2 9 6 9 12v24a6 6 0 0 1-6 6H37a6 6 0 0 1-6-6V51c0-6 3-10 9-12z', c.main) +
  line('M48 33v30', c.light, 3) +
  label(35, 56, 26, 18, c);

const tube = (c: Colours) =>
  area('M31 15h34l-5 54H36z', c.main) +
  area('M31 15h9l2 54h-6z', c.light) +
  box(37, 69, 22, 12, 3, c.dark) +
  label(38, 30, 20, 24, c);

const mask = (c: Colours) =>
  box(24, 16, 48, 65, 5, c.main) +
  area('M34 32c8-6 20-6 28 0 3 16-2 34-14 36-12-2-17-20-14-36z', WHITE) +
  oval(42, 42, 4, 2.5, c.main) +
  oval(54, 42, 4, 2.5, c.main) +
  line('M43 57q5 4 10 0', c.main, 3) +
  line('M26 21h44', c.light, 2);

export const DETERGENT: readonly Drawing[] = [
  drawing('세탁세제, 유연제', jug),
  drawing('손 세정제, 샴푸, 바디워시', pump),
  drawing('욕실, 소독', spray),
  drawing('주방세제, 구강', flask),
  drawing('캡슐', capsules),
  drawing('치약', toothpaste),
];

export const PAPER: readonly Drawing[] = [
  drawing('휴지, 점보롤', rolls),
  drawing('키친타월', towelRoll),
  drawing('미용티슈, 냅킨, 핸드타월', tissueBox),
  drawing('물티슈, 행주', wipes),
  drawing('종이컵', cups),
];

export const BEAUTY: readonly Drawing[] = [
  drawing('선크림, 클렌징폼', tube, 42),
  drawing('크림', jar),
  drawing('토너, 로션, 오일', lotion),
  drawing('에센스, 앰플, 세럼', dropper),
  drawing('마스크', mask),
];
