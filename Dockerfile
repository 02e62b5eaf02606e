FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Installing makes the database client out of the schema, so the schema comes first.
COPY prisma ./prisma
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    DAYWATCH_CONFIG=/config/daywatch.yaml
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=packages /app/src/generated ./src/generated
COPY package.json LICENSE ./
COPY prisma ./prisma
COPY templates ./templates
COPY src ./src
RUN mkdir -p /data /config && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts", "serve"]
