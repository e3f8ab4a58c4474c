// Clothes.
import { area, box, type Colours, type Drawing, disc, drawing, line, WHITE } from '../drawing.ts';

const BODY = 'M36 22l-18 9 6 18 8-3v34h32V46l8 3 6-18-18-9c-4 6-20 6-24 0z';
const LONG = 'M36 20l-14 8-8 46 11 3 7-30v34h32V47l7 30 11-3-8-46-14-8c-4 6-20 6-24 0z';

const teeShirt = (c: Colours) =>
  area(BODY, c.main) + line('M36 22c4 7 20 7 24 0', c.dark, 3) + box(40, 44, 16, 12, 3, c.light);
const stripedShirt = (c: Colours) =>
  area(BODY, c.main) +
  [42, 52, 62, 72].map((y) => box(32, y, 32, 4, 0, c.light)).join('') +
  line('M36 22c4 7 20 7 24 0', c.dark, 3);
const shirt = (c: Colours) =>
  area(LONG, c.main) +
  area('M38 20l10 12 10-12 3 6-13 12-13-12z', c.light) +
  line('M48 38v43', c.dark, 1.6) +
  [46, 56, 66, 76].map((y) => disc(48, y, 1.6, WHITE)).join('');
const dress = (c: Colours) =>
  area('M38 16h4c2 6 10 6 12 0h4l2 22-4 4c4 16 12 26 16 38H24c4-12 12-22 16-38l-4-4z', c.main) +
  box(39, 40, 18, 4, 1, c.dark) +
  line('M42 46c-2 14-6 24-9 34M54 46c2 14 6 24 9 34M48 46v34', c.light, 2);
const shorts = (c: Colours) =>
  area('M26 24h44l6 48H52l-4-26-4 26H20z', c.main) +
  box(26, 22, 44, 8, 2, c.dark) +
  line('M48 30v14', c.light, 2);
const trousers = (c: Colours) =>
  area('M32 14h32l5 68H53l-5-46-5 46H27z', c.main) +
  box(32, 12, 32, 7, 2, c.dark) +
  line('M40 26l-3 52M56 26l3 52', c.light, 1.6);
const cardigan = (c: Colours) =>
  area(LONG, c.main) +
  area('M38 20l10 26 10-26c-4 4-16 4-20 0z', WHITE) +
  line('M48 46v35', c.dark, 2) +
  [54, 64, 74].map((y) => disc(51, y, 1.8, c.light)).join('') +
  line('M32 76h32', c.light, 3);
const hoodie = (c: Colours) =>
  area(LONG, c.main) +
  area('M34 24c0-14 28-14 28 0-2 10-26 10-28 0z', c.dark) +
  area('M39 25c0-8 18-8 18 0-2 6-16 6-18 0z', c.light) +
  area('M38 60h20l4 14H34z', c.dark) +
  line('M44 33v10M52 33v10', WHITE, 1.6);
const sleeveless = (c: Colours) =>
  area('M36 16h6c1 12 11 12 12 0h6c0 12 4 16 8 20v45H28V36c4-4 8-8 8-20z', c.main) +
  line('M28 70h40', c.light, 4);
const padded = (c: Colours) =>
  area(LONG, c.main) +
  [34, 44, 54, 64, 74].map((y) => line(`M31 ${y}h34`, c.dark, 2)).join('') +
  line('M22 42l7 2M19 56l7 2M74 42l-7 2M77 56l-7 2', c.dark, 2) +
  line('M48 28v53', c.light, 2) +
  area('M36 20c4-8 20-8 24 0-4 9-20 9-24 0z', c.light);
const coat = (c: Colours) =>
  area('M36 16l-14 8-7 46 10 3 7-28-4 38h40l-4-38 7 28 10-3-7-46-14-8z', c.main) +
  area('M38 16l10 24 10-24 5 6-15 26-15-26z', c.dark) +
  [56, 66].flatMap((y) => [disc(43, y, 2, c.light), disc(53, y, 2, c.light)]).join('');
const knit = (c: Colours) =>
  area(LONG, c.main) +
  box(38, 12, 20, 12, 4, c.dark) +
  [38, 48, 58].map((x) => line(`M${x} 34q-3 4 0 8t0 8t0 8t0 8t0 8`, c.light, 2)).join('') +
  line('M32 78h32', c.dark, 4);
const scarf = (c: Colours) =>
  area('M26 30c10-12 34-12 44 0 2 8-2 12-8 14-12 5-20 5-30 0-6-2-8-8-6-14z', c.main) +
  area('M40 44h16l4 32H40z', c.dark) +
  line('M43 76v7M48 76v7M53 76v7M58 76v7', c.dark, 2.4) +
  line('M30 36q18 12 36 0M41 56h17M41 64h18', c.light, 3);

export const SUMMER_WEAR: readonly Drawing[] = [
  drawing('스트라이프', stripedShirt),
  drawing('티셔츠', teeShirt),
  drawing('셔츠, 블라우스', shirt),
  drawing('원피스', dress),
  drawing('반바지', shorts),
  drawing('슬랙스', trousers),
  drawing('가디건', cardigan),
  drawing('바람막이', hoodie),
  drawing('민소매, 래쉬가드', sleeveless),
];

export const WINTER_WEAR: readonly Drawing[] = [
  drawing('패딩', padded),
  drawing('코트, 가죽자켓', coat),
  drawing('니트, 목폴라', knit),
  drawing('후드, 플리스', hoodie),
  drawing('머플러', scarf),
  drawing('바지', trousers),
];
