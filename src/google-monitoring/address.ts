/** Where the API is spoken to. A loopback address is somebody's stand-in: no TLS, no credentials. */
export interface ApiAddress {
  host: string;
  port: number;
  loopback: boolean;
  /** Of the REST side. */
  baseUrl: string;
}

const GOOGLES_OWN = 'monitoring.googleapis.com:443';

/** `endpoint` is `host:port`, checked before. */
export function apiAddress(endpoint = GOOGLES_OWN): ApiAddress {
  const colon = endpoint.lastIndexOf(':');
  const host = endpoint.slice(0, colon);
  const port = Number(endpoint.slice(colon + 1));
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
  return { host, port, loopback, baseUrl: `${loopback ? 'http' : 'https'}://${host}:${port}` };
}
