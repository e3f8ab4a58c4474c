// The shop's 19 categories (docs/shop-rules.md "Categories"): how often each is bought, in what quantities, at what
// prices, and the words that believable Korean product names are put together from.

export type Category = {
  /** 1 … 19, the id in the shop's database. */
  id: number;
  key: string;
  englishName: string;
  /** The name that the shop shows. */
  koreanName: string;
  /** Relative frequency of order lines and of products (found). */
  frequency: number;
  /** Weights in % of quantity 1, 2, 3 … in an order line (found). */
  quantityWeights: readonly number[];
  /** Lowest and highest price in KRW (found). */
  priceRangeKrw: readonly [number, number];
  /** What the things are; single words of them are tags and search texts. */
  nouns: readonly string[];
  /** Properties that stand before the noun. */
  qualities: readonly string[];
  /** Sizes, packs or terms that stand behind it. */
  variants: readonly string[];
};

const words = (text: string): string[] => text.split(', ');

export const CATEGORIES: readonly Category[] = [
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
  {
    id: 11,
    key: 'tickets-passes',
    englishName: 'Tickets and passes',
    koreanName: '티켓/이용권',
    frequency: 8,
    quantityWeights: [20, 35, 30, 15],
    priceRangeKrw: [10_000, 100_000],
    nouns: words(
      '뮤지컬 티켓, 콘서트 티켓, 전시회 관람권, 놀이공원 이용권, 워터파크 입장권, 영화 관람권, 온천 이용권, 키즈카페 이용권',
    ),
    qualities: words('주말, 평일, 얼리버드, 가족, 커플, 오후, 종일, 서울'),
    variants: words('1인, 2인, 4인 가족, 소인, 대인, R석'),
  },
  {
    id: 12,
    key: 'flights',
    englishName: 'Flights',
    koreanName: '항공권',
    frequency: 6,
    quantityWeights: [25, 45, 20, 10],
    priceRangeKrw: [50_000, 1_500_000],
    nouns: words(
      '제주 항공권, 부산 항공권, 도쿄 항공권, 오사카 항공권, 방콕 항공권, 다낭 항공권, 파리 항공권, 괌 항공권, 타이베이 항공권',
    ),
    qualities: words('왕복, 편도, 특가, 주말, 직항, 심야, 땡처리, 비즈니스'),
    variants: words('김포 출발, 인천 출발, 김해 출발, 청주 출발, 대구 출발'),
  },
  {
    id: 13,
    key: 'lodging',
    englishName: 'Lodging',
    koreanName: '숙박',
    frequency: 6,
    quantityWeights: [50, 35, 15],
    priceRangeKrw: [80_000, 2_000_000],
    nouns: words(
      '제주 리조트, 강릉 호텔, 부산 호텔, 속초 펜션, 가평 풀빌라, 여수 호텔, 경주 한옥스테이, 평창 콘도, 서울 호텔',
    ),
    qualities: words('오션뷰, 조식포함, 스위트, 디럭스, 스탠다드, 패밀리, 반려동물 동반, 마운틴뷰'),
    variants: words('1박, 2박 3일, 3박 4일, 평일 1박, 주말 1박'),
  },
  {
    id: 14,
    key: 'office-school',
    englishName: 'Office and school',
    koreanName: '사무/학용품',
    frequency: 5,
    quantityWeights: [90, 10],
    priceRangeKrw: [50_000, 500_000],
    nouns: words(
      '사무용 의자, 책상, 복합기, 만년필, 서류 캐비닛, 학생 가방, 전자사전, 문서세단기, 화이트보드, 스탠드',
    ),
    qualities: words('인체공학, 높이조절, 무선, 메쉬, 원목, 접이식, 초등, 대형'),
    variants: words('화이트, 블랙, 그레이, 1200형, 600형'),
  },
  {
    id: 15,
    key: 'it-gaming',
    englishName: 'IT and gaming',
    koreanName: 'IT/게임',
    frequency: 4,
    quantityWeights: [92, 8],
    priceRangeKrw: [100_000, 3_000_000],
    nouns: words(
      '게이밍 노트북, 기계식 키보드, 모니터, 태블릿, 무선 이어폰, 그래픽카드, 게임기, 외장 SSD, 공유기, 스마트워치',
    ),
    qualities: words('초경량, 고성능, 4K, 무선, 저소음, 커브드, 휴대용, 2세대'),
    variants: words('13형, 16형, 27인치, 32인치, 1TB, 512GB'),
  },
  {
    id: 16,
    key: 'camping',
    englishName: 'Camping',
    koreanName: '캠핑',
    frequency: 4,
    quantityWeights: [85, 15],
    priceRangeKrw: [20_000, 2_000_000],
    nouns: words('거실형 텐트, 타프, 캠핑 의자, 침낭, 화로대, 랜턴, 캠핑 테이블, 아이스박스, 에어매트, 버너'),
    qualities: words('원터치, 초경량, 방수, 4계절, 접이식, 감성, 백패킹, 대형'),
    variants: words('1인용, 2인용, 4인용, 6인용, 풀세트'),
  },
  {
    id: 17,
    key: 'golf',
    englishName: 'Golf',
    koreanName: '골프',
    frequency: 3,
    quantityWeights: [88, 12],
    priceRangeKrw: [50_000, 1_500_000],
    nouns: words(
      '드라이버, 아이언 세트, 퍼터, 골프화, 골프공, 캐디백, 거리측정기, 골프 장갑, 웨지, 골프웨어',
    ),
    qualities: words('초보자, 남성용, 여성용, 경량, 고반발, 투어, 방수, 한정판'),
    variants: words('R, SR, S, 9개 세트, 12구'),
  },
  {
    id: 18,
    key: 'home-appliances',
    englishName: 'Home appliances',
    koreanName: '가전',
    frequency: 2,
    quantityWeights: [100],
    priceRangeKrw: [500_000, 5_000_000],
    nouns: words(
      '드럼세탁기, 양문형 냉장고, 김치냉장고, 건조기, 로봇청소기, 식기세척기, 에어컨, 공기청정기, 스타일러, OLED TV',
    ),
    qualities: words('대용량, 1등급, 인공지능, 저소음, 빌트인, 스마트, 슬림, 오브제'),
    variants: words('21kg, 870L, 400L, 55인치, 65인치, 12인용'),
  },
  {
    id: 19,
    key: 'sofas-beds',
    englishName: 'Sofas and beds',
    koreanName: '소파/침대',
    frequency: 2,
    quantityWeights: [100],
    priceRangeKrw: [300_000, 3_000_000],
    nouns: words(
      '가죽 소파, 패브릭 소파, 리클라이너, 수납 침대, 평상형 침대, 메모리폼 매트리스, 독립스프링 매트리스, 모션베드, 이층 침대',
    ),
    qualities: words('천연가죽, 아쿠아텍스, 북유럽, 원목, 모던, 저상형, 호텔식, 기능성'),
    variants: words('3인용, 4인용, 슈퍼싱글, 퀸, 킹'),
  },
];

/** The category with this id; throws when there is none. */
export function categoryOf(id: number): Category {
  const category = CATEGORIES[id - 1];
  if (!category) throw new Error(`There is no category ${id}; ids run from 1 to ${CATEGORIES.length}.`);
  return category;
}
