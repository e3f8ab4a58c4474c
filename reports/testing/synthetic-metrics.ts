// The waits that a synthetic run records: of each route, of orders with or without a broker, of sign-ups.
import { createRandom, prepareHistograms, type SyntheticMetric } from './synthetic-seconds.ts';
import type { SyntheticSettings } from './synthetic-settings.ts';

const ROUTES: [route: string, medianMs: number, perSecond: number][] = [
  ['GET /products', 6, 40],
  ['GET /products/:id', 4, 90],
  ['POST /orders', 9, 3],
  ['PUT /cart/lines/:productId', 5, 14],
  ['GET /recommendations', 8, 20],
  ['GET /cart', 3, 12],
  ['GET /search', 14, 18],
  ['POST /sessions/refresh', 7, 5],
  ['POST /sessions', 62, 1],
  ['GET /orders/:id', 3, 1],
];

export const SYNTHETIC_ROUTE_COUNT = ROUTES.length;

export type Prepared = { name: string; seconds: ReturnType<typeof prepareHistograms> };

/** The seconds that all single runs with or without a broker pick from; blocks differ in what they pick. */
export function prepareMetrics(hasBroker: boolean, settings: SyntheticSettings): Prepared[] {
  const random = createRandom(settings.seed * 7919 + (hasBroker ? 1 : 2));
  return metricsOf(hasBroker, settings).map((metric) => ({
    name: metric.name,
    seconds: prepareHistograms(metric, 5000, random),
  }));
}

function metricsOf(hasBroker: boolean, settings: SyntheticSettings): SyntheticMetric[] {
  const routes = ROUTES.slice(0, settings.routeCount).flatMap(([route, medianMs, perSecond]) => [
    {
      name: `http.response/${route}${settings.hostileText}`,
      medianMs: medianMs * 1.05,
      spread: 0.6,
      perSecond,
    },
    { name: `http.service/${route}${settings.hostileText}`, medianMs, spread: 0.5, perSecond },
  ]);
  const order = (name: string, medianMs: number, spread = 0.5) => ({ name, medianMs, spread, perSecond: 3 });
  return [
    { name: 'http.response', medianMs: 5.5, spread: 0.8, perSecond: 200 },
    { name: 'http.service', medianMs: 5, spread: 0.7, perSecond: 200 },
    ...routes,
    order('order.accepted', hasBroker ? 8 : 14),
    order('order.confirmed', hasBroker ? 31 : 19, 0.7),
    order('stage.http', hasBroker ? 7 : 6),
    ...(hasBroker ? [order('stage.broker', 4), order('stage.consumer', 9)] : []),
    order('stage.commit', 8),
    order('stage.push', 2.4),
    ...(settings.hasGrowth ? [{ name: 'signUp.confirmed', medianMs: 190, spread: 0.2, perSecond: 2 }] : []),
  ];
}
