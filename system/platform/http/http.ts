// The HTTP server of every process: limits, headers, errors, health, metrics and the API's description. Routes are
// added by others; it never listens by itself. Per-request work is kept small because it is paid on every request.
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import type { Health } from '../diagnostics/health.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Metrics } from '../diagnostics/metrics.ts';
import type { Redis } from '../redis/redis.ts';
import type { Clock } from '../settings/clock.ts';
import type { PlatformConfig } from '../settings/config.ts';
import { clientOf } from './client-address.ts';
import { operatorOnly } from './operator-only.ts';
import { handleError, handleUnknownRoute, handleUnreadableRequest, ProblemError } from './problems.ts';
import { createRequestCounter, rateLimitStore } from './rate-limit-store.ts';
import { compileValidator } from './validation.ts';

export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type HttpDeps = {
  config: Pick<PlatformConfig, 'rateLimitPerSecond' | 'trustedProxies'>;
  /** With the shop's key prefix, for limits that all instances share; left out, this process counts alone. */
  redis?: Redis;
  log: Log;
  clock: Clock;
  metrics: Metrics;
  health: Health;
};

export const BODY_LIMIT_BYTES = 64 * 1024;

/** What browsers must be told about JSON. Pages need more and get it from helmet, see `registerPages`. */
const API_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** A route for the operator alone, out of the API's description and out of the rate limit. */
export const internal = {
  onRequest: operatorOnly,
  schema: { hide: true },
  config: { rateLimit: false as const },
};

/** A server with the platform's own routes; add routes, then `listen` or `inject`. */
export async function buildHttp(deps: HttpDeps): Promise<HttpApp> {
  const app: HttpApp = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    // A child logger for each request costs more than most handlers; errors name the route themselves.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Whose X-Forwarded-For says where a request came from; anybody else's is not read.
    trustProxy: deps.config.trustedProxies.length > 0 ? deps.config.trustedProxies : false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 15_000,
    // Longer than a balancer keeps its idle connections, so that it never picks one that is just closing.
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: handleError,
    clientErrorHandler: handleUnreadableRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleUnknownRoute);
  // JSON alone; whatever else comes is answered with 415.
  app.removeContentTypeParser('text/plain');
  await addProtection(app, deps);
  await addDescription(app);
  addMetrics(app, deps.metrics);
  addHealth(app, deps.health);
  return app;
}

/** Without CORS headers other origins get nothing. */
async function addProtection(app: HttpApp, { config, redis, clock }: HttpDeps): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(API_HEADERS);
    done();
  });
  if (config.rateLimitPerSecond === 0) return;
  await app.register(rateLimit, {
    max: config.rateLimitPerSecond,
    timeWindow: 1_000,
    keyGenerator: (request) => clientOf(request.ip),
    store: rateLimitStore(createRequestCounter(redis, clock.monotonicMs)),
    errorResponseBuilder: (_request, context) =>
      new ProblemError({
        status: 429,
        code: 'too-many-requests',
        detail: `At most ${context.max} requests a second are allowed.`,
      }),
  });
}

/**
 * Registers routes that serve pages to people, with helmet's full set of headers. Only they get it: it costs about a
 * sixth of what GET /products/:id costs altogether. TLS, and so HSTS, is the balancer's.
 */
export async function registerPages(
  app: HttpApp,
  register: (pages: HttpApp) => Promise<void>,
): Promise<void> {
  await app.register(async (pages: HttpApp) => {
    await pages.register(helmet, {
      strictTransportSecurity: false,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    });
    await register(pages);
  });
}

async function addDescription(app: HttpApp): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Stampede shop',
        version: '1.0.0',
        description: 'Errors are problem details (RFC 9457).',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
  });
  await registerPages(app, async (pages) => {
    await pages.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  });
}

function addMetrics(app: HttpApp, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observeHttp(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime);
    done();
  });
  app.get('/metrics', internal, async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.type(metrics.registry.contentType).send(text);
  });
}

function addHealth(app: HttpApp, health: Health): void {
  app.get('/health/live', internal, async () => ({ live: true }));
  app.get('/health/ready', internal, async (_request, reply) => {
    const readiness = await health.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
}
