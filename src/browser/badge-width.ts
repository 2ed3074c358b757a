// Whether a text fits on the badge.

/**
 * Firefox's badge is at most 20 pixels wide, two of them before the text, and clips the rest; a digit's own margin may be
 * clipped. The width comes from its style sheet (.toolbarbutton-badge in browser/themes/shared/toolbarbuttons.css), measured in 153.
 */
const ROOM_PX = 19.2;
const FONTS = ['system-ui', 'sans-serif'];

let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Whether a text fits on the badge. Chromium shrinks and centres it, and the formatter takes that into account. */
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
