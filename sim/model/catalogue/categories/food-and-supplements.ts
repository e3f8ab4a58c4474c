// What is eaten, taken or drunk.
import { type Category, words } from './category.ts';

export const FOOD_AND_SUPPLEMENTS: readonly Category[] = [
  {
    id: 2,
    key: 'fresh-produce',
    englishName: 'Fresh fruit and vegetables',
    koreanName: '신선 과일/채소',
    frequency: 20,
    quantityWeights: [55, 30, 15],
    priceRangeKrw: [10_000, 80_000],
    nouns: words(
      '꿀사과, 신고배, 샤인머스캣, 감귤, 딸기, 방울토마토, 햇감자, 고구마, 양파, 쌈채소, 파프리카, 참외',
    ),
    qualities: words('산지직송, 유기농, 당일수확, 무농약, 고당도, 제철, 못난이, 선물용'),
    variants: words('1kg, 2kg, 3kg, 5kg, 10kg, 한 상자'),
  },
  {
    id: 5,
    key: 'meat-processed',
    englishName: 'Meat and processed food',
    koreanName: '정육/가공식품',
    frequency: 16,
    quantityWeights: [50, 35, 15],
    priceRangeKrw: [20_000, 200_000],
    nouns: words(
      '한우 등심, 한우 국거리, 삼겹살, 목살, 닭가슴살, 훈제오리, 소시지, 수제 햄, 떡갈비, 양념 갈비, 만두',
    ),
    qualities: words('1등급, 냉장, 무항생제, 숙성, 국내산, 캠핑용, 선물용, 실속'),
    variants: words('500g, 800g, 1kg, 2kg, 10팩, 선물세트'),
  },
  {
    id: 6,
    key: 'supplements',
    englishName: 'Supplements',
    koreanName: '영양제',
    frequency: 14,
    quantityWeights: [40, 35, 18, 7],
    priceRangeKrw: [15_000, 150_000],
    nouns: words('종합비타민, 비타민D, 오메가3, 유산균, 루테인, 마그네슘, 밀크씨슬, 콜라겐, 칼슘, 철분'),
    qualities: words('고함량, 어린이, 임산부, 활력, 식물성, 저분자, 츄어블, 프리미엄'),
    variants: words('30정, 60정, 90정, 120캡슐, 2개월분, 6개월분'),
  },
  {
    id: 8,
    key: 'health-food',
    englishName: 'Health food',
    koreanName: '건강식품',
    frequency: 10,
    quantityWeights: [55, 30, 15],
    priceRangeKrw: [30_000, 500_000],
    nouns: words(
      '홍삼정, 홍삼스틱, 흑염소 진액, 녹용, 도라지배즙, 양파즙, 석류즙, 꿀, 단백질 쉐이크, 침향환',
    ),
    qualities: words('6년근, 발효, 국내산, 무첨가, 효도, 진한, 명절, 프리미엄'),
    variants: words('30포, 60포, 100ml 50포, 1kg, 선물세트, 240g'),
  },
];
