// The main job, in real Chromium, on the shipped build: connect → badge → price moves → worker stopped → browser killed.
import { expect } from 'vitest';
import { KEY_FORMS } from '../exchange/keys.ts';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';
import type { Scene } from './harness/chromium-scene.ts';

function expectOnlyProduction(scene: Scene): void {
  scene.expectCleanJournal();
  expect(scene.exchange.journal.every(({ host }) => host === 'external-api.kalshi.com')).toBe(true);
  expect(scene.complaints).toEqual([]);
}

test('the badge follows the balance through worker stops', async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('RSA PKCS#1', {
    cash: '98.0186',
    positions: [{ ticker: 'RAIN', contracts: 600, price: 33 }],
  });
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('98');
  await scene.tooltipBecomes('Cash $98.0186\nPositions $198.00\nTotal $296.0186');

  member.setCash('1234.5678');
  await scene.passPeriod();
  await scene.badgeBecomes('1.2k');

  await scene.section('Badge');
  await scene.page.getByRole('radio', { name: 'Positions' }).check();
  await scene.badgeBecomes('198');
  member.movePrice('RAIN', 10);
  await scene.chromium.stopWorker(scene.page);
  await scene.passPeriod();
  await scene.badgeBecomes('258');
  expectOnlyProduction(scene);
});

testInOwnBrowser(
  'through a kill of the browser, with a key in every form',
  { tags: ['slow'] },
  async ({ scene }) => {
    const members = [];
    for (const [index, form] of KEY_FORMS.entries()) {
      const { member, key, keyId } = scene.newMember(form, { cash: String(100 + index) });
      members.push(member);
      if (index > 0) await scene.press('Add account');
      await scene.connect(keyId, key.pem);
    }
    await scene.section('Badge');
    await scene.page.getByRole('radio', { name: 'All accounts' }).check();
    await scene.badgeBecomes('303');

    await scene.chromium.kill();
    const before = scene.balances;
    scene.exchange.setFault({ kind: 'hang' });
    await scene.start();
    await scene.badgeBecomes('303'); // without a response, these are the stored balances
    await scene.tooltipBecomes('Total $303.00');
    expect(scene.exchange.journal.slice(before).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);

    scene.exchange.setFault();
    await scene.chromium.stopWorker(scene.page); // the polls that hang would go on to the other host
    for (const member of members) member.setCash('200');
    await scene.passPeriod();
    await scene.badgeBecomes('600');
    expectOnlyProduction(scene);
  },
);
