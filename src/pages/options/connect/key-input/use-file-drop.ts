// Handles files dropped anywhere on the page. Otherwise the browser would open a file that missed its target in the tab,
// and display a private key.

import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * Prevents the browser from opening anything dropped on the page, whichever form is open. Call it once, before
 * the page is rendered. Text can still be dropped into a field.
 */
export function preventFileNavigation(): void {
  const refuse = (event: DragEvent) => {
    const { target } = event;
    const box = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!box || event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  document.addEventListener('dragover', refuse);
  document.addEventListener('drop', refuse);
}

/** Calls `onFile` with a dropped file. Returns whether a file is being dragged over the page. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useLayoutEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return; // the browser inserts dragged text into the field
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setDragging(false); // it left the window, not just an element
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      onFile(file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [onFile]);
  return dragging;
}
