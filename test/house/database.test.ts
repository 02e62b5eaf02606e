import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { freshDatabase } from '../harness/database.ts';

const wanted = process.env.TEST_DATABASE_URL === undefined ? 'embedded' : 'postgres';

test(`this run of the suite is on the ${wanted} database`, async () => {
  await using fresh = await freshDatabase();
  await using database = await openDatabase(
    fresh.url === undefined
      ? { kind: 'embedded', dataDir: fresh.dataDir }
      : { kind: 'postgres', url: fresh.url },
  );
  expect(database.kind).toBe(wanted);
  const [row] = await database.prisma.$queryRaw<{ version: string }[]>`SELECT version() AS version`;
  // The embedded one is PostgreSQL made into WebAssembly by emscripten.
  expect(row?.version.includes('emcc') ? 'embedded' : 'postgres').toBe(wanted);
});
