// Renders a long list in parts, one per frame: its top appears at once, and no frame takes too long.

import { useEffect, useState } from 'preact/hooks';

/** How many of `count` parts to render now: one at first, one more with each frame. */
export function useProgressiveList(count: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= count) return;
    const frame = requestAnimationFrame(() => setDrawn(drawn + 1));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}
