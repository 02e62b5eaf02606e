import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channelName, slug } from '../../src/domain/channel-name.ts';

describe('the name of a channel', () => {
  test.each([
    [12, 'LEAP hub outage', 1, 'inc-12-leap-hub-outage'],
    [12, 'LEAP hub outage', 2, 'inc-12-leap-hub-outage-2'],
    [1, 'Größe überschritten — Straße', 1, 'inc-1-grosse-uberschritten-strasse'],
    [1, '🔥🔥🔥', 1, 'inc-1'],
    [1, '🔥🔥🔥', 3, 'inc-1-3'],
    [1, '', 1, 'inc-1'],
    [1, '../../etc/passwd\0', 1, 'inc-1-etc-passwd'],
    [1, '\u202Egnp.exe', 1, 'inc-1-gnp-exe'],
    [1, 'ﬁne ２０ Kelvin K', 1, 'inc-1-fine-20-kelvin-k'],
    [1, `${'a'.repeat(73)} b`, 1, `inc-1-${'a'.repeat(73)}`],
  ])('%i “%s”, attempt %i, is %s', (number, title, attempt, name) => {
    expect(channelName(number, title, attempt)).toBe(name);
  });

  test('keeps Slack’s rules for any title, and tells attempts apart', () => {
    const titles = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 250 }),
      fc.string({
        unit: fc.constantFrom('a', 'Z', '9', '-', ' ', 'ß', 'é', '‮', '/', '.', '🔥'),
        maxLength: 250,
      }),
    );
    fc.assert(
      fc.property(
        titles,
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 20 }),
        (title, number, attempt) => {
          const name = channelName(number, title, attempt);
          expect(name).toMatch(/^inc-\d+(-[a-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(80);
          expect(channelName(number, title, attempt + 1)).not.toBe(name);
        },
      ),
    );
  });

  test('a slug of a slug is itself', () => {
    const twice = fc.property(fc.string({ unit: 'binary' }), (text) => slug(slug(text)) === slug(text));
    fc.assert(twice);
  });
});
