// A history of any length, without waiting for it.

/**
 * A script that puts so many samples, half a minute apart, straight into the database: in the tiers that would be left
 * of them (portfolio/history.ts).
 */
export function filling(accountId: string, samples: number): string {
  return `(async () => {
    const db = await new Promise((resolve) => {
      const open = indexedDB.open('history', 1);
      open.onupgradeneeded = () => open.result.createObjectStore('samples');
      open.onsuccess = () => resolve(open.result);
    });
    const end = Date.now() - 60000;
    const tiers = [[30000, 2 * 864e5], [300000, 60 * 864e5], [3600000, Infinity], [864e5, Infinity]];
    for (const [tier, [step, keep]] of tiers.entries()) {
      const write = db.transaction('samples', 'readwrite');
      const store = write.objectStore('samples');
      const span = Math.min(keep, ${samples} * 30000);
      for (let at = end - span; at <= end; at += step) {
        const slot = tier === 0 ? at : Math.floor(at / step) * step;
        store.put({ at, cash: 765402500, positions: 469160000, gap: false }, ['${accountId}', tier, slot]);
      }
      await new Promise((resolve) => { write.oncomplete = resolve; });
    }
    db.close();
  })()`;
}
