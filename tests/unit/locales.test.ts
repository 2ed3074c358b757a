// Every visible text is in _locales, and every message there is used.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const code = [...sources.map((name) => `src/${name}`), 'manifest.json']
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

// The type MessageKey already ensures that every name that is used exists.
test.each(Object.keys(messages))('%s is used', (key) => {
  expect(code.includes(`'${key}'`) || code.includes(`__MSG_${key}__`)).toBe(true);
});

test.each(readdirSync('public/_locales'))('%s: every sentence is there, with the same blanks', (language) => {
  const theirs = JSON.parse(
    readFileSync(`public/_locales/${language}/messages.json`, 'utf8'),
  ) as typeof messages;
  expect(Object.keys(theirs)).toEqual(Object.keys(messages));
  const blanks = (text: string) => text.match(/\$\d/g)?.sort() ?? [];
  for (const key of Object.keys(messages) as (keyof typeof messages)[]) {
    expect(blanks(theirs[key].message), key).toEqual(blanks(messages[key].message));
    expect(theirs[key].message.trim(), key).not.toBe('');
  }
  expect(theirs.language.message).toBe(language.replace('_', '-'));
});

test('no text is hard-coded in the markup', () => {
  const loose = sources
    .filter((name) => name.endsWith('.tsx'))
    .flatMap(
      (name) => readFileSync(`src/${name}`, 'utf8').match(/>[^<>{}=;()]*[a-z]{3,}[^<>{}=;()]*<\//g) ?? [],
    );
  expect(loose).toEqual([]);
});
