import { describe, expect, it } from 'vitest';
import { basicAuthPassword, isTokenValid } from '../../src/http/tokens.ts';

describe('the token', () => {
  it.each<[string | undefined, string, boolean]>([
    ['secret', 'secret', true],
    ['Secret', 'secret', false],
    ['secret ', 'secret', false],
    ['secre', 'secret', false],
    ['', 'secret', false],
    [undefined, 'secret', false],
    ['', '', false],
    [undefined, '', false],
  ])('%j against %j: %s', (given, expected, valid) => {
    expect(isTokenValid(given === undefined ? [] : [given], expected)).toBe(valid);
  });
});

describe('basic auth', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string | undefined, string | undefined]>([
    [`Basic ${encode('daywatch:secret')}`, 'secret'],
    [`basic ${encode('any:with:colons')}`, 'with:colons'],
    [`Basic ${encode(':secret')}`, 'secret'],
    [`Basic ${encode('daywatch:')}`, ''],
    [`Basic ${encode('no colon')}`, undefined],
    [`Bearer ${encode('daywatch:secret')}`, undefined],
    ['Basic', undefined],
    ['Basic !!!', undefined],
    [undefined, undefined],
  ])('%j holds the password %j', (header, password) => {
    expect(basicAuthPassword(header)).toBe(password);
  });
});
