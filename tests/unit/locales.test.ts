// Every visible sentence is in _locales, and every sentence there is used.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const code = [...sources.map((name) => `src/${name}`), 'manifest.json']
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

// That no name is used that is not there, the type MessageKey already holds.
test.each(Object.keys(messages))('%s is used', (key) => {
  expect(code.includes(`'${key}'`) || code.includes(`__MSG_${key}__`)).toBe(true);
});

test('no sentence stands in the markup', () => {
  const loose = sources
    .filter((name) => name.endsWith('.tsx'))
    .flatMap(
      (name) => readFileSync(`src/${name}`, 'utf8').match(/>[^<>{}=;()]*[a-z]{3,}[^<>{}=;()]*<\//g) ?? [],
    );
  expect(loose).toEqual([]);
});
