// The shop's routes as the generator calls them: the template names the metric, never an id.
import type { HttpRequest } from '../../engine/transport/request-text.ts';

export type Route = {
  method: HttpRequest['method'];
  /** `GET /products/:id`. */
  name: string;
  responseMetric: string;
  serviceMetric: string;
};

function route(method: HttpRequest['method'], template: string): Route {
  const name = `${method} ${template}`;
  return { method, name, responseMetric: `http.response/${name}`, serviceMetric: `http.service/${name}` };
}

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
