// The options page in the shipped build: the place of the icon, the preview of the badge, and the age of a version.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { expect, test as plainTest } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { violations } from './harness/axe.ts';
import { inChromium, test, testInOwnBrowser } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';

testInOwnBrowser('while the icon is hidden, the page says so; pinned, that all is set', async ({ scene }) => {
  const { page } = scene;
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  await page.getByText('The icon is hidden.').waitFor();
  await page.getByText('Saved. Pin the icon to see your balance on the toolbar.').waitFor();
  await page.getByRole('img', { name: /the puzzle piece/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  await scene.chromium.pin();
  await page.getByText('All set: your balance is on the toolbar.').waitFor();
  expect(await page.getByText('The icon is hidden.').count()).toBe(0);
  // Opened again with everything set up: neither the card nor a reminder.
  await page.reload();
  await page.getByRole('button', { name: 'Forget key' }).waitFor();
  expect(await page.locator('.connected').count()).toBe(0);
});

test('the preview shows what the badge shows, whatever is chosen', async ({ scene }) => {
  const { page } = scene;
  const { key, keyId } = scene.newMember('Ed25519', {
    cash: '1765.40',
    positions: [{ ticker: 'A', contracts: 100, price: 50 }],
  });
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('1.7k');
  for (const [name, text] of [
    ['Positions', '50'],
    ['Total', '1.8k'],
    ['Cash', '1.7k'],
    ['Nothing', ''],
  ] as const) {
    const choice = page.locator('.choice').filter({ has: page.getByRole('radio', { name, exact: true }) });
    expect(await choice.locator('.preview').allTextContents()).toEqual([text, text]);
    await choice.getByRole('radio').check();
    await scene.badgeBecomes(text);
  }
});

/** The build of a version that was released so many days ago, in a folder of its own. */
async function buildReleased(daysAgo: number, repository: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'released-'));
  for (const name of [
    'src',
    'public',
    'manifest.json',
    'vite.config.ts',
    'package.json',
    'tsconfig.json',
    'scripts',
  ]) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const date = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const heading = `## [${pkg.version}]`;
  expect(changelog).toContain(`\n${heading}`);
  const dated = changelog
    .split('\n')
    .map((line) => (line.startsWith(heading) ? `${heading} - ${date}` : line));
  writeFileSync(join(folder, 'CHANGELOG.md'), dated.join('\n'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...pkg, repository }));
  const before = process.cwd();
  process.chdir(folder);
  try {
    await build({ root: folder, mode: 'chrome', logLevel: 'error' });
  } finally {
    process.chdir(before);
  }
  return folder;
}

plainTest.each([
  [3, false],
  [120, true],
])(
  '%i days after its release; old: %s; nothing is requested for that',
  { tags: ['slow'] },
  async (days, old) => {
    const repository = 'https://example.org/project';
    const folder = await buildReleased(days, repository);
    try {
      await inChromium(
        async (scene) => {
          const { page } = scene;
          const { key, keyId } = scene.newMember('Ed25519');
          await scene.connect(keyId, key.pem);
          await scene.section('Help');
          await page.getByText(`Version ${pkg.version}, released ${days} days ago`).waitFor();
          const link = page.getByRole('link', { name: `${repository}/releases` });
          await expect.poll(() => link.count(), SOON).toBe(old ? 1 : 0);
          expect(scene.exchange.strangers).not.toContain('example.org');
          expect(await violations(page)).toEqual([]);
        },
        { extension: join(folder, 'dist/chrome') },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
