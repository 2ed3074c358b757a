// A hook: whether the icon is on the toolbar.

import { useEffect, useState } from 'preact/hooks';
import { isOnToolbar, watchToolbar } from '../../../browser/toolbar-pin.ts';

/** Undefined until that is known, and where the browser does not say so. */
export function useOnToolbar(): boolean | undefined {
  const [onToolbar, setOnToolbar] = useState<boolean>();
  useEffect(() => {
    const check = () => void isOnToolbar().then(setOnToolbar);
    check();
    return watchToolbar(check);
  }, []);
  return onToolbar;
}
