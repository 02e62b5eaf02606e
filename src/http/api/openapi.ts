import { z } from 'zod';
import type { AnyRoute } from './route.ts';
import { ASKED, TOLD, ToldProblem } from './shapes.ts';

const PROBLEMS: Record<number, string> = {
  400: 'The body is not JSON, or a header or parameter cannot be read',
  401: 'The bearer token is missing or wrong',
  403: 'The incident is private',
  404: 'There is no such thing',
  409: 'What stands does not permit it',
  413: 'The body is too large',
  422: 'Something in the request is wrong; `error` says what, what is allowed and what to send instead',
  503: 'It could not be taken now; send the same request with the same Idempotency-Key again',
};
const ANY_ROUTE = [400, 401, 413, 503];

/** The OpenAPI 3.1 document of these routes, made of the schemas that read requests and answers. */
export function openApi(routes: readonly AnyRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Daywatch',
      version: '1',
      description:
        'Incidents, entries, updates, action items, lessons and reports. Instants are ISO 8601 with an offset; texts are Markdown.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { ...schemasOf(ASKED, 'input'), ...schemasOf(TOLD, 'output') },
    },
  };
}

function operation(route: AnyRoute): object {
  const problems = [...new Set([...ANY_ROUTE, ...route.problems])].sort();
  const parameters = [...pathParameters(route.path), ...queryParameters(route), ...keyHeader(route)];
  return {
    operationId: route.name,
    summary: route.says,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse({}).success,
            content: json(refOf(ASKED, route.body)),
          },
        }
      : {}),
    responses: {
      [route.status ?? 200]: { description: 'Done', content: contentOf(route.answer) },
      ...Object.fromEntries(
        problems.map((status) => [
          status,
          { description: PROBLEMS[status], content: json(refOf(TOLD, ToldProblem)) },
        ]),
      ),
    },
  };
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'number' ? { type: 'integer', minimum: 1 } : { type: 'string' },
  }));
}

function queryParameters({ query }: AnyRoute): object[] {
  if (!query) return [];
  const { properties = {} } = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' });
  const input = z.toJSONSchema(query, { io: 'input' }).properties ?? {};
  return Object.keys(properties).map((name) => {
    const read = properties[name];
    const typed = input[name];
    // What is read into something else is described as it is typed.
    const schema = typeof read === 'object' && read.type !== undefined ? read : typed;
    return { name, in: 'query', required: false, schema };
  });
}

function keyHeader({ method }: AnyRoute): object[] {
  if (method === 'get') return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Any text of 1 to 200 characters. The same key with the same request is answered as the first time, and nothing happens again.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    },
  ];
}

function contentOf(answer: AnyRoute['answer']): object {
  if (answer !== 'bytes') return json(refOf(TOLD, answer));
  return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function refOf(registry: typeof TOLD, schema: z.ZodType): object {
  const id = registry.get(schema)?.id;
  if (id === undefined) throw new Error('a shape of the API has no name');
  return { $ref: `#/components/schemas/${id}` };
}

function schemasOf(registry: typeof TOLD, io: 'input' | 'output'): Record<string, object> {
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}
