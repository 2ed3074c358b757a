// Long lists, a part in every frame: what is at the top is there at once, and no frame is held up by the rest.

import { useEffect, useState } from 'preact/hooks';

/** How many of `count` parts to draw by now: one at first, one more with every frame. */
export function useProgressiveList(count: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= count) return;
    const frame = requestAnimationFrame(() => setDrawn(drawn + 1));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}
