// HTTP of what people see and change of themselves: their data, and where their orders go. Whose it is comes from the session
// alone, so nobody can name somebody else.
import Type from 'typebox';
import { Address, AddressView, ChangeCustomerBody, CustomerView } from '../contract/customers.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { seoulYear } from '../platform/settings/seoul-time.ts';
import { createAddressStore } from './addresses.ts';
import { bearerSecurity, type RequestHook, sessionOf } from './authentication.ts';
import { birthYearProblem } from './rules.ts';
import type { CustomerStore } from './store.ts';

type Deps = { database: Database; clock: Clock; authenticate: RequestHook; store: CustomerStore };

const schema = { tags: ['customers'], security: bearerSecurity };

/** Adds GET and PUT /me, and GET, PUT and DELETE /me/address. */
export function registerOwnRoutes(app: HttpApp, deps: Deps): void {
  registerProfile(app, deps);
  registerAddress(app, deps);
}

function registerProfile(app: HttpApp, { store, clock, authenticate }: Deps): void {
  const answers = { response: { 200: CustomerView, ...problemResponses } };

  app.get('/me', { onRequest: authenticate, schema: { ...schema, ...answers } }, async (request) => {
    const { customerId } = sessionOf(request);
    const customer = await store.find(customerId);
    if (customer === null) throw notFound(`customer ${customerId}`);
    return customer;
  });

  app.put(
    '/me',
    { onRequest: authenticate, schema: { ...schema, ...answers, body: ChangeCustomerBody } },
    async (request) => {
      const { customerId } = sessionOf(request);
      const problem = birthYearProblem(request.body, seoulYear(clock.now()));
      if (problem !== null) throw new ProblemError({ status: 400, code: 'invalid-request', detail: problem });
      const customer = await store.change(customerId, request.body);
      if (customer === null) throw notFound(`customer ${customerId}`);
      return customer;
    },
  );
}

function registerAddress(app: HttpApp, { database, clock, authenticate }: Deps): void {
  const addresses = createAddressStore(database);
  const onRequest = authenticate;
  const emptyResponse = { response: { 204: Type.Null(), ...problemResponses } };

  app.get(
    '/me/address',
    { onRequest, schema: { ...schema, response: { 200: AddressView, ...problemResponses } } },
    async (request) => ({ address: await addresses.find(sessionOf(request).customerId) }),
  );

  app.put(
    '/me/address',
    { onRequest, schema: { ...schema, ...emptyResponse, body: Address } },
    async (request, reply) => {
      await addresses.keep(sessionOf(request).customerId, request.body, clock.now());
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/me/address',
    { onRequest, schema: { ...schema, ...emptyResponse } },
    async (request, reply) => {
      await addresses.forget(sessionOf(request).customerId);
      return reply.code(204).send(null);
    },
  );
}
