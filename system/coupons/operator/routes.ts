// HTTP of coupons for operators: what is defined, a new definition, and coupons of one for customers by their ids.
import Type from 'typebox';
import { Id } from '../../contract/common.ts';
import {
  CouponDefinitionList,
  CouponDefinitionQuery,
  CouponDefinitionView,
  DefineCouponBody,
  IssueCouponsBody,
  IssuedCoupons,
} from '../../contract/coupons.ts';
import { bearerSecurity, type RequestHook, requireRole } from '../../customers/authentication.ts';
import type { HttpApp } from '../../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../../platform/http/problems.ts';
import { readPage } from '../../platform/http/read-page.ts';
import { type Database, inTransaction } from '../../platform/postgres/postgres.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import { addDefinition, findDefinitions, listDefinitions } from '../definitions.ts';
import { issueCoupons } from '../issue.ts';
import type { CouponMetrics } from '../metrics.ts';
import { tenThousandthsOf } from '../rules.ts';
import { targetOf } from '../terms.ts';

const DefinitionParams = Type.Object({ definitionId: Id }, { additionalProperties: false });

type Deps = { database: Database; clock: Clock; metrics: CouponMetrics; authenticate: RequestHook };

/** Adds GET and POST /operator/coupons/definitions and POST /operator/coupons/definitions/:definitionId/issues. */
export function registerCouponOperatorRoutes(app: HttpApp, deps: Deps): void {
  const onRequest = [deps.authenticate, requireRole('operator')];
  addDefinitions(app, deps, onRequest);
  addIssuing(app, deps, onRequest);
}

const schema = { tags: ['operator'], security: bearerSecurity };

function addDefinitions(app: HttpApp, { database, clock }: Deps, onRequest: RequestHook[]): void {
  app.get(
    '/operator/coupons/definitions',
    {
      onRequest,
      schema: {
        ...schema,
        querystring: CouponDefinitionQuery,
        response: { 200: CouponDefinitionList, ...problemResponses },
      },
    },
    async ({ query }) => readPage(query, (rows) => listDefinitions(database, rows)),
  );

  app.post(
    '/operator/coupons/definitions',
    {
      onRequest,
      schema: {
        ...schema,
        body: DefineCouponBody,
        response: { 201: CouponDefinitionView, ...problemResponses },
      },
    },
    async ({ body }, reply) => {
      refuseFineRatio(body);
      const definition = await addDefinition(database, body, clock.now());
      if (definition === null) throw notFound(`${body.scope.kind} ${targetOf(body.scope)}`);
      return reply.code(201).send(definition);
    },
  );
}

function addIssuing(app: HttpApp, { database, clock, metrics }: Deps, onRequest: RequestHook[]): void {
  app.post(
    '/operator/coupons/definitions/:definitionId/issues',
    {
      onRequest,
      schema: {
        ...schema,
        params: DefinitionParams,
        body: IssueCouponsBody,
        response: { 200: IssuedCoupons, ...problemResponses },
      },
    },
    async ({ params: { definitionId }, body: { customerIds } }) => {
      const issues = await inTransaction(database, async (connection) => {
        const known = await findDefinitions(connection, [definitionId]);
        if (known.size === 0) throw notFound(`coupon definition ${definitionId}`);
        const of = { kind: 'definition', definitionId } as const;
        return issueCoupons(
          connection,
          customerIds.map((customerId) => ({ customerId, of })),
          clock.now(),
        );
      });
      const answer: IssuedCoupons = { issued: [], notIssued: [] };
      for (const issue of issues) {
        const { customerId } = issue;
        if (issue.kind === 'issued') answer.issued.push({ couponId: issue.couponId, customerId });
        else answer.notIssued.push({ customerId, reason: issue.reason });
      }
      metrics.issued(answer.issued.length);
      return answer;
    },
  );
}

function refuseFineRatio({ benefit }: DefineCouponBody): void {
  if (benefit.kind !== 'rate' || tenThousandthsOf(benefit.ratio) !== null) return;
  const detail = `body.benefit.ratio is ${benefit.ratio}, needed is a multiple of 0.0001`;
  throw new ProblemError({ status: 400, code: 'invalid-request', detail });
}
