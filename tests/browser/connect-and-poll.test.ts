// The main job, in real Chromium, on the shipped build: connect → badge → price moves → worker stopped → browser killed.
import { describe, expect } from 'vitest';
import { KEY_FORMS } from '../exchange/keys.ts';
import { test } from './chromium-harness.ts';

describe.each(KEY_FORMS)('with a key as %s', (form) => {
  test('the badge follows the balance through worker stops and browser kills', async ({ scene }) => {
    const { member, key, keyId } = scene.newMember(form, {
      cash: '98.0186',
      positions: [{ ticker: 'RAIN', contracts: 600, price: 33 }],
    });
    await scene.connect(keyId, key.pem);
    await scene.badgeBecomes('98');
    await scene.tooltipBecomes('Cash $98.0186\nPositions $198.00\nTotal $296.0186');

    member.setCash('1234.5678');
    await scene.passPeriod();
    await scene.badgeBecomes('1.2k');

    await scene.page.getByRole('radio', { name: 'Positions' }).check();
    await scene.badgeBecomes('198');
    member.movePrice('RAIN', 10);
    await scene.chromium.stopWorker(scene.page);
    await scene.passPeriod();
    await scene.badgeBecomes('258');

    await scene.chromium.kill();
    const before = scene.balances;
    scene.exchange.setFault({ kind: 'hang' });
    await scene.start();
    await scene.badgeBecomes('258'); // without a response, this is the stored balance
    await scene.tooltipBecomes('Total $1,492.5678');
    expect(scene.exchange.journal.slice(before).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);

    scene.exchange.setFault();
    member.movePrice('RAIN', 1);
    await scene.passPeriod();
    await scene.badgeBecomes('264');

    scene.expectCleanJournal();
    expect(scene.exchange.journal.every(({ host }) => host === 'external-api.kalshi.com')).toBe(true);
    expect(scene.complaints).toEqual([]);
  });
});
