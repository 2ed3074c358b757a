// Copies diagnostics for a bug report, and shows them.

import { useState } from 'preact/hooks';
import { readBrowserInfo } from '../../../browser/browser-info.ts';
import { i18n } from '../../../browser/i18n.ts';
import { ENVIRONMENTS } from '../../../domain/accounts/account.ts';
import { HOST_NAMES } from '../../../domain/polling/host-choice.ts';
import { hostPattern } from '../../../kalshi/endpoints.ts';
import { readState } from '../../../storage/state.ts';
import { diagnostics } from '../../../view/export/diagnostics.ts';
import { Button } from '../../shared/Button.tsx';

const HOSTS = ENVIRONMENTS.flatMap((environment) =>
  HOST_NAMES.map((host) => [`${environment} ${host}`, hostPattern(environment, host)] as const),
);

export function Diagnostics() {
  const [text, setText] = useState('');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const [state, surroundings] = await Promise.all([readState(), readBrowserInfo(HOSTS)]);
    const report = diagnostics(state, surroundings, Date.now());
    setCopied(
      await navigator.clipboard.writeText(report).then(
        () => true,
        () => false,
      ),
    );
    setText(report);
  };
  return (
    <>
      <h3>{i18n.message('diagnosticsHeading')}</h3>
      <p class="hint">{i18n.message('diagnosticsHint')}</p>
      <div class="row">
        <Button onClick={() => void copy()}>{i18n.message('copyDiagnostics')}</Button>
      </div>
      <p role="status">{text && i18n.message(copied ? 'diagnosticsCopied' : 'diagnosticsNotCopied')}</p>
      {text && <textarea readOnly rows={12} aria-label={i18n.message('diagnosticsHeading')} value={text} />}
    </>
  );
}
