// The shop's routes as the generator calls them: the template names the metric, never an id.
import { type MeasuredRoute, measuredRoute } from '../../engine/measuring/request-report.ts';
import type { HttpRequest } from '../../engine/transport/http-client.ts';

/** Its name is method and template: `GET /products/:id`. */
export type Route = MeasuredRoute & { method: HttpRequest['method'] };

const route = (method: HttpRequest['method'], template: string): Route => ({
  ...measuredRoute(`${method} ${template}`),
  method,
});

export const ROUTES = {
  signUp: route('POST', '/customers'),
  signIn: route('POST', '/sessions'),
  refresh: route('POST', '/sessions/refresh'),
  categories: route('GET', '/categories'),
  products: route('GET', '/products'),
  product: route('GET', '/products/:id'),
  recommendations: route('GET', '/recommendations/:kind'),
  setCartLine: route('PUT', '/cart/items/:productId'),
  removeCartLine: route('DELETE', '/cart/items/:productId'),
  cart: route('GET', '/cart'),
  couponQuotes: route('POST', '/coupons/quotes'),
  placeOrder: route('POST', '/orders'),
  order: route('GET', '/orders/:id'),
  orders: route('GET', '/orders'),
  cancelOrder: route('POST', '/orders/:id/cancel'),
} as const satisfies Record<string, Route>;
