import { Prisma } from '../generated/prisma/client.ts';

/** PostgreSQL's names for `deadlock_detected` and `serialization_failure`. */
const STATES = ['40P01', '40001'];

/** Whether the database ended a transaction for another one's sake: nothing of it is kept, and it may begin anew. */
export function isEndedForAnother(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === 'P2034') return true;
  // A raw query is not given Prisma's own name for it.
  return (
    error.code === 'P2010' && STATES.some((state) => JSON.stringify(error.meta ?? {}).includes(`"${state}"`))
  );
}
