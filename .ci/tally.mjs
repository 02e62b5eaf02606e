// Counts a JSON report of vitest: files that ran, tests that passed, tests that failed. A file that failed
// before its first test counts as one failed test, an absent report as nothing at all.
import { existsSync, readFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
const { testResults: files = [] } = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
const tests = files.flatMap(({ assertionResults }) => assertionResults);
const broken = files.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
const ran = files.filter(({ assertionResults }) => assertionResults.length > 0);
const passed = tests.filter(({ status }) => status === 'passed');
const failed = tests.filter(({ status }) => status === 'failed');
console.log(ran.length, passed.length, failed.length + broken.length);
