/** @module-tag slow */
// The browser's own alarm, at its shortest period, wakes a stopped worker.
import { expect } from 'vitest';
import { test } from './harness/chromium-harness.ts';

test("the browser's alarm updates the badge after half a minute", async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  await scene.section('Badge');
  await scene.page.getByRole('combobox', { name: 'Check every' }).selectOption('30');
  const alarm = () => scene.page.evaluate(() => chrome.alarms.get('poll'));
  await expect.poll(alarm).toMatchObject({ periodInMinutes: 0.5 });
  await scene.chromium.stopWorker(scene.page);
  member.setCash('54.32');
  await expect.poll(() => scene.chromium.badge(scene.page), { timeout: 60_000, interval: 250 }).toBe('54');
  scene.expectCleanJournal();
});
