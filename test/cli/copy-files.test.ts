import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFiles, copyNamed } from '../../src/cli/copy-files.ts';

test('the files that a case or a report names come along, and nothing else', async () => {
  const [from, to] = [await mkdtemp(join(tmpdir(), 'from-')), await mkdtemp(join(tmpdir(), 'to-'))];
  await mkdir(join(from, 'files'));
  for (const name of ['F1-a.png', 'F2-b.log', 'F3-other.png'])
    await writeFile(join(from, 'files', name), name);
  await writeFile(join(from, 'secret'), 'x');
  const text = JSON.stringify({
    image: 'files/F1-a.png',
    text: '[b](files/F2-b.log) ![p](files/F9-gone.png) (files/../secret) files/F3-other.png',
  });
  expect(await copyFiles(text, from, to)).toBe(2);
  expect((await readdir(join(to, 'files'))).sort()).toEqual(['F1-a.png', 'F2-b.log']);
  expect(await copyFiles('nothing', from, to)).toBe(0);
  const renamed = [{ path: 'files/F3-other.png', name: 'picture-1.png' }];
  expect(await copyNamed(renamed, from, to)).toBe(1);
  expect(await readFile(join(to, 'picture-1.png'), 'utf8')).toBe('F3-other.png');
});
