const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** Four bytes, and no version: `v1.2.3.4` and `1.2.3.4.5` are none. The machine itself (127.…, 0.0.0.0) tells nothing. */
export const IPV4 = new RegExp(
  `(?<![\\w.])(?!127\\.|0\\.0\\.0\\.0)(?:${BYTE}\\.){3}${BYTE}(?!\\w|\\.\\d)`,
  'g',
);

/** As Amazon names machines, and as names are made of addresses: `ip-10-0-3-7`. */
export const IPV4_IN_NAME = new RegExp(`(?<![\\w-])ip-(?:${BYTE}-){3}${BYTE}(?![\\d-])`, 'gi');

/** Two colons near each other are in every address. */
export const IPV6_HINT = /:[0-9a-f]{0,4}:/i;
const IPV6_LIKE = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{0,4}|[\d.]{7,15})(?:%\w+)?(?![\w:]|\.\d)/gi;

/** Every IPv6 address: what looks like one and is one. `17:32:05` and `a::` alone are none. */
export function ipv6In(text: string): { start: number; value: string }[] {
  if (!IPV6_HINT.test(text)) return [];
  return [...text.matchAll(IPV6_LIKE)].flatMap((match) => {
    const [value] = match;
    const bare = value.replace(/%.*$/, '');
    const isAddress =
      /[0-9a-f]/i.test(bare) && bare !== '::1' && /\d/.test(bare) && URL.canParse(`http://[${bare}]`);
    return isAddress ? [{ start: match.index, value }] : [];
  });
}
