// Clothes, by the half of the year.
import { type Category, words } from './category.ts';

export const WEAR: readonly Category[] = [
  {
    id: 7,
    key: 'spring-summer-wear',
    englishName: 'Spring and summer wear',
    koreanName: '봄/여름 의류',
    frequency: 12,
    quantityWeights: [70, 20, 10],
    priceRangeKrw: [15_000, 150_000],
    nouns: words(
      '반팔 티셔츠, 린넨 셔츠, 원피스, 반바지, 냉감 슬랙스, 블라우스, 얇은 가디건, 래쉬가드, 민소매, 바람막이',
    ),
    qualities: words('오버핏, 냉감, 린넨, 스트라이프, 기본, 여성, 남성, 데일리'),
    variants: words('S, M, L, XL, 프리사이즈, 2장 세트'),
  },
  {
    id: 9,
    key: 'autumn-winter-wear',
    englishName: 'Autumn and winter wear',
    koreanName: '가을/겨울 의류',
    frequency: 10,
    quantityWeights: [80, 20],
    priceRangeKrw: [30_000, 800_000],
    nouns: words(
      '롱패딩, 경량패딩, 울코트, 니트, 기모 후드, 목폴라, 플리스 자켓, 가죽자켓, 머플러, 기모 바지',
    ),
    qualities: words('캐시미어, 구스다운, 울혼방, 오버핏, 기모, 여성, 남성, 방한'),
    variants: words('S, M, L, XL, 프리사이즈, 2XL'),
  },
];
