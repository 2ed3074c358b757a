// The result of a check: the figures, and what the key is allowed to do.

import { useEffect, useRef } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { CheckedKey } from '../../../commands/commands.ts';
import { explainScopes } from '../../../view/texts/key-scopes.ts';
import { TotalParts } from '../../shared/account/TotalParts.tsx';

export function CheckResult({ checked }: { checked: CheckedKey }) {
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => result.current?.focus(), []); // scrolls to it too
  return (
    <div role="status" class="found" tabIndex={-1} ref={result}>
      <h3>{i18n.message('checkedHeading')}</h3>
      <p>{i18n.message('checkedType', checked.keyType, i18n.message(checked.environment))}</p>
      <TotalParts figures={checked.figures} />
      <p>{explainScopes(checked.scopes, i18n)}</p>
    </div>
  );
}
