// Attempts that the content security policy must block, run where the extension's code runs.

/** Tries what the content security policy forbids, in a page or in the background. Returns what was not blocked. */
export async function tryForbidden(): Promise<string[]> {
  const passed: string[] = [];
  const attempt = async (name: string, work: () => unknown) => {
    try {
      await work();
      passed.push(name);
    } catch {
      // blocked, as expected
    }
  };
  // Outside of the debugger's own turn, which is exempt from the policy.
  await new Promise((resolve) => setTimeout(resolve));
  // biome-ignore lint/security/noGlobalEval: that it throws is the point
  await attempt('eval', () => globalThis.eval('1'));
  await attempt('Function', () => new Function('return 1')());
  await attempt('setTimeout with text', () => {
    const before = Reflect.get(globalThis, 'ran');
    setTimeout('ran = 1' as unknown as () => void);
    if (before === undefined) throw new Error('text was not run');
  });
  await attempt('wasm', () => WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  await attempt('another host', () => fetch('https://example.com/'));
  await attempt('Kalshi over http', () => fetch('http://external-api.kalshi.com/'));
  await attempt('a third host of Kalshi', () =>
    fetch('https://trading-api.kalshi.com/trade-api/v2/exchange/status'),
  );
  if (typeof document === 'undefined') return passed;
  await attempt('innerHTML', () => {
    document.createElement('div').innerHTML = '<b>x</b>';
  });
  await attempt('inline script', () => {
    const script = document.createElement('script');
    script.append('globalThis.inlineRan = true');
    document.head.append(script);
    if (!Reflect.get(globalThis, 'inlineRan')) throw new Error('not run');
  });
  await attempt('a script from elsewhere', () => import(/* @vite-ignore */ `https://example.com/${'x.js'}`));
  return passed;
}
