// A hook: which rows of a long list are in view, so that only those are rendered.

import { useEffect, useRef, useState } from 'preact/hooks';

/** Rows that are rendered before and after those in view. */
const MARGIN = 8;

/**
 * @param count the number of rows
 * @param height of each row, pixels
 * @returns the first row to render and the one after the last, and the reference of the element that scrolls
 */
export function useVisibleRows(count: number, height: number) {
  const scroller = useRef<HTMLElement>(null);
  const [first, setFirst] = useState(0);
  const [inView, setInView] = useState(20);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const update = () => {
      setFirst(Math.max(0, Math.floor(element.scrollTop / height) - MARGIN));
      setInView(Math.ceil(element.clientHeight / height) + 2 * MARGIN);
    };
    update();
    element.addEventListener('scroll', update, { passive: true });
    const resized = new ResizeObserver(update);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', update);
      resized.disconnect();
    };
  }, [height]);
  const from = Math.min(first, Math.max(0, count - 1));
  return { scroller, from, to: Math.min(count, from + inView) };
}
