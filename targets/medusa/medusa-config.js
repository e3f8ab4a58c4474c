// Medusa as it is rehearsed: PostgreSQL and, where REDIS_URL names one, events, workflows and locks in Redis, which more than one
// process needs. No admin pages.
const { defineConfig } = require('@medusajs/framework/utils');

const { DATABASE_URL, REDIS_URL, ALLOWED_ORIGIN = 'http://127.0.0.1' } = process.env;

const inRedis = (redisUrl) => [
  { resolve: '@medusajs/medusa/event-bus-redis', options: { redisUrl } },
  { resolve: '@medusajs/medusa/workflow-engine-redis', options: { redis: { url: redisUrl, redisUrl } } },
  {
    resolve: '@medusajs/medusa/locking',
    options: {
      providers: [
        {
          resolve: '@medusajs/medusa/locking-redis',
          id: 'locking-redis',
          is_default: true,
          options: { redisUrl },
        },
      ],
    },
  },
];

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: DATABASE_URL,
    ...(REDIS_URL ? { redisUrl: REDIS_URL } : {}),
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      storeCors: ALLOWED_ORIGIN,
      adminCors: ALLOWED_ORIGIN,
      authCors: ALLOWED_ORIGIN,
      // Only the sessions of a rehearsal on this machine hang on them.
      jwtSecret: process.env.JWT_SECRET ?? 'stampede-rehearsal',
      cookieSecret: process.env.COOKIE_SECRET ?? 'stampede-rehearsal',
    },
  },
  modules: REDIS_URL ? inRedis(REDIS_URL) : [],
});
