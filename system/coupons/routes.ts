// HTTP of the coupons that people hold. Whose they are comes from the session alone; another's are as good as none.
import { CouponList, CouponListQuery, CouponQuoteBody, CouponQuotes } from '../contract/coupons.ts';
import { repeatedProduct } from '../contract/orders.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../platform/http/problems.ts';
import { readPage } from '../platform/http/read-page.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { CouponMetrics } from './metrics.ts';
import { quoteOf } from './quote.ts';
import { listCoupons, readQuoteFacts } from './store.ts';

/** Adds GET /coupons and POST /coupons/quotes. */
export function registerCouponRoutes(
  app: HttpApp,
  deps: { database: Database; clock: Clock; metrics: CouponMetrics; authenticate: RequestHook },
): void {
  const { database, clock, metrics } = deps;
  const onRequest = deps.authenticate;
  const schema = { tags: ['coupons'], security: bearerSecurity };

  app.get(
    '/coupons',
    {
      onRequest,
      schema: { ...schema, querystring: CouponListQuery, response: { 200: CouponList, ...problemResponses } },
    },
    async (request) => {
      const { customerId } = sessionOf(request);
      const { state = null } = request.query;
      return readPage(request.query, (rows) =>
        listCoupons(database, customerId, { state, at: clock.now(), ...rows }),
      );
    },
  );

  app.post(
    '/coupons/quotes',
    {
      onRequest,
      schema: { ...schema, body: CouponQuoteBody, response: { 200: CouponQuotes, ...problemResponses } },
    },
    async (request) => {
      const { lines } = request.body;
      const repeated = repeatedProduct(lines);
      if (repeated !== undefined) {
        const detail = `body.lines: product ${repeated} stands in more than one line`;
        throw new ProblemError({ status: 400, code: 'invalid-request', detail });
      }
      const { customerId } = sessionOf(request);
      const facts = await readQuoteFacts(database, customerId, lines, clock.now());
      if (facts === undefined) throw notFound(`customer ${customerId}`);
      metrics.quoted();
      return quoteOf(facts);
    },
  );
}
