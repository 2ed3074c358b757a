// A link to a public page of Kalshi's site, in a new tab and without a referrer.

import type { ComponentChildren } from 'preact';

/** @param url undefined: the text without a link */
export function PageLink({ url, children }: { url: string | undefined; children: ComponentChildren }) {
  if (!url) return <>{children}</>;
  return (
    <a class="page-link" href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
