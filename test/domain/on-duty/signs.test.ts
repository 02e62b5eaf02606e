import { describe, expect, test } from 'vitest';
import { type Signs, signWords } from '../../../src/domain/on-duty/signs.ts';

const NOW = Date.parse('2025-08-12T15:00:00Z');
const at = (iso: string) => Date.parse(iso);

describe('what Slack shows of somebody', () => {
  test.each<[string, Signs, string | undefined]>([
    ['nothing', {}, undefined],
    ['quiet now', { quiet: { from: NOW, to: at('2025-08-12T16:30:00Z') } }, '🔕 do not disturb until 19:30'],
    [
      'quiet over midnight',
      { quiet: { from: NOW - 1, to: at('2025-08-12T21:30:00Z') } },
      '🔕 do not disturb until Wed 13 Aug 00:30',
    ],
    ['quiet later', { quiet: { from: NOW + 1, to: NOW + 2 } }, undefined],
    ['quiet before', { quiet: { from: NOW - 2, to: NOW } }, undefined],
    ['away', { away: {} }, '🌴 away by their Slack status'],
    [
      'away until',
      { away: { until: at('2025-08-18T06:00:00Z') } },
      '🌴 away by their Slack status until Mon 18 Aug 09:00',
    ],
    ['back since', { away: { until: NOW } }, undefined],
    [
      'both',
      { away: {}, quiet: { from: NOW, to: at('2025-08-12T16:00:00Z') } },
      '🌴 away by their Slack status, 🔕 do not disturb until 19:00',
    ],
  ])('%s', (_, signs, words) => {
    expect(signWords(signs, NOW, 'Europe/Bucharest')).toBe(words);
  });
});
