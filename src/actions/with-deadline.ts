import { ServiceError, type ServiceName } from '../service-error.ts';

/** What the work answers within `ms`; after that nobody waits for it, and it may still end. */
export async function withDeadline<Result>(
  service: ServiceName,
  ms: number,
  work: Promise<Result>,
): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new ServiceError({ service, kind: 'unreachable', message: `${service} did not answer.` })),
    ms,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
