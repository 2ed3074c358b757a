// *Copy diagnostics*: the text for a bug report, shown as it is copied.

import { useState } from 'preact/hooks';
import { readSurroundings } from '../../platform/browser-info.ts';
import { words } from '../../platform/i18n.ts';
import { readState } from '../../storage/state.ts';
import { Button } from '../../ui/Button.tsx';
import { diagnostics } from '../../view/diagnostics.ts';

export function Diagnostics() {
  const [text, setText] = useState('');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const [state, surroundings] = await Promise.all([readState(), readSurroundings()]);
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
    <section class="section">
      <h2>{words.say('diagnosticsHeading')}</h2>
      <p class="hint">{words.say('diagnosticsHint')}</p>
      <div class="row">
        <Button onClick={() => void copy()}>{words.say('copyDiagnostics')}</Button>
      </div>
      <p role="status">{text && words.say(copied ? 'diagnosticsCopied' : 'diagnosticsNotCopied')}</p>
      {text && <textarea readOnly rows={12} aria-label={words.say('diagnosticsHeading')} value={text} />}
    </section>
  );
}
