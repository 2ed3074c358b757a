// The address of the project: in package.json, or nowhere.
import { describe, expect, test } from 'vitest';
import { repositoryOf } from '../../../scripts/release/release-files.js';
import { manifestFor } from '../../../vite.config.ts';

const ADDRESS = 'https://example.org/owner/project';

describe('"repository" in package.json', () => {
  test.each([
    [undefined, undefined],
    [ADDRESS, ADDRESS],
    [`${ADDRESS}/`, ADDRESS],
    [`${ADDRESS}.git`, ADDRESS],
    [{ type: 'git', url: `git+${ADDRESS}.git` }, ADDRESS],
  ])('%j', (repository, expected) => {
    expect(repositoryOf({ name: 'x', repository })).toBe(expected);
  });

  test.each(['', 'owner/project', 'http://example.org/project', { type: 'git' }, null])(
    '%j is refused',
    (repository) => {
      expect(() => repositoryOf({ name: 'x', repository })).toThrow('"repository"');
    },
  );
});

test.each([
  [ADDRESS, `${ADDRESS}/releases/latest/download/updates.json`],
  [undefined, undefined],
])('with the address %s, Firefox looks for updates at %s', (repository, expected) => {
  const { browser_specific_settings } = JSON.parse(JSON.stringify(manifestFor('firefox', false, repository)));
  expect(browser_specific_settings.gecko.update_url).toBe(expected);
});
