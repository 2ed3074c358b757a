// How much of a text the browser draws on the badge.

/**
 * Firefox gives the badge 20 pixels at most, two of them before the text, and cuts what is beyond; a digit's own margin
 * may be cut. The size is its own (.toolbarbutton-badge in browser/themes/shared/toolbarbuttons.css), measured in 153.
 */
const ROOM_PX = 19.2;
const FONTS = ['system-ui', 'sans-serif'];

let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Whether the badge has room for a text. Chromium shrinks and centres it; the formatter is made for that. */
export function fitsBadge(text: string): boolean {
  if (globalThis.location?.protocol !== 'moz-extension:') return true;
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return true;
  const widths = FONTS.map((font) => {
    if (context) context.font = `10px ${font}`;
    return context?.measureText(text).width ?? 0;
  });
  return Math.max(...widths) <= ROOM_PX;
}
