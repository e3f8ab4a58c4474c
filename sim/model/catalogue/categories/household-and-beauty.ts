// What a household uses up: cleaning, paper, skincare.
import { type Category, words } from './category.ts';

export const HOUSEHOLD_AND_BEAUTY: readonly Category[] = [
  {
    id: 1,
    key: 'detergent-hygiene',
    englishName: 'Detergent and hygiene',
    koreanName: '세제/위생',
    frequency: 22,
    quantityWeights: [15, 25, 25, 18, 12, 5],
    priceRangeKrw: [5_000, 50_000],
    nouns: words(
      '액체 세탁세제, 섬유유연제, 주방세제, 캡슐 세제, 손 세정제, 욕실 세정제, 구강청결제, 치약 세트, 샴푸, 바디워시, 살균 소독제',
    ),
    qualities: words('고농축, 저자극, 무향, 라벤더향, 허브향, 친환경, 대용량, 프리미엄'),
    variants: words('1L, 2L, 리필 1.5L, 500ml 3개입, 2.7L, 10개입'),
  },
  {
    id: 3,
    key: 'tissue-paper',
    englishName: 'Tissue and paper',
    koreanName: '휴지/제지',
    frequency: 20,
    quantityWeights: [20, 35, 30, 15],
    priceRangeKrw: [10_000, 40_000],
    nouns: words('두루마리 휴지, 미용티슈, 물티슈, 키친타월, 점보롤, 핸드타월, 냅킨, 종이컵, 일회용 행주'),
    qualities: words('3겹, 4겹, 도톰한, 무형광, 천연펄프, 저자극, 대나무, 엠보싱'),
    variants: words('24롤, 30롤, 6개입, 10팩, 100매 10팩, 1000매'),
  },
  {
    id: 4,
    key: 'skincare',
    englishName: 'Skincare',
    koreanName: '스킨케어',
    frequency: 18,
    quantityWeights: [45, 30, 18, 7],
    priceRangeKrw: [10_000, 150_000],
    nouns: words('수분크림, 토너, 에센스, 앰플, 클렌징폼, 선크림, 마스크팩, 로션, 아이크림, 클렌징오일'),
    qualities: words('히알루론산, 시카, 비타민C, 어성초, 녹차, 병풀, 무향료, 민감성'),
    variants: words('50ml, 80ml, 150ml, 200ml, 30매, 기획세트'),
  },
  {
    id: 10,
    key: 'functional-anti-ageing',
    englishName: 'Functional (anti-ageing)',
    koreanName: '기능성 화장품',
    frequency: 8,
    quantityWeights: [85, 15],
    priceRangeKrw: [50_000, 500_000],
    nouns: words(
      '주름개선 크림, 리프팅 앰플, 탄력 세럼, 레티놀 크림, 미백 에센스, 펩타이드 세럼, 아이 세럼, 넥크림',
    ),
    qualities: words('고농축, 나이트, 골드, 캐비어, 줄기세포배양액, 더블, 인텐시브, 프레스티지'),
    variants: words('30ml, 50ml, 1+1, 기획세트, 20ml 2개, 7일 프로그램'),
  },
];
