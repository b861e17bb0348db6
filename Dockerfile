# The service on an official Node 26. "docker compose up" runs the demo of compose.yaml in it.

# What runs: the packages of the lockfile, without the tools and without the Node that a checkout brings along.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# The package itself: what "npm run build" puts into dist/.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=optional --ignore-scripts --no-audit --no-fund
COPY tsconfig.json LICENSE CHANGELOG.md .env.example ./
COPY schema schema
COPY src src
COPY test/package/build.ts test/package/tsconfig.build.json test/package/README.md test/package/
RUN npm run build

FROM node:26-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist ./
# Idempotency keys outlive a container here; the only folder that is written to.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
# Others can reach 0.0.0.0, so it starts only with AUTH_MODE=keys or jwt.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 STORE_FILE=/data/crm-federation.sqlite
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/command.mjs"]
