// Takes a file dropped anywhere on the page. A file that missed its target would otherwise be opened in the tab,
// and a private key with it.

import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * Keeps the page from opening whatever is dropped on it, wherever and whatever form is open. To be called once, before
 * the page is drawn. Text may still be dropped into a box.
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

/** Calls back with a dropped file; tells whether one is being dragged over the page. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useLayoutEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return; // dragged text lands in the box by itself
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setDragging(false); // left the window, not just one element for another
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
