// What is booked: tickets, flights, nights.
import { type Category, words } from './category.ts';

export const OUTINGS: readonly Category[] = [
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
];
