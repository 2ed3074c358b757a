// Other ways to connect: the demo environment, and a key pair that is created here.

import { i18n } from '../../../browser/i18n.ts';
import { ENVIRONMENTS, type Environment } from '../../../domain/accounts/account.ts';
import { Button } from '../../shared/Button.tsx';
import { RadioGroup } from '../../shared/RadioGroup.tsx';

interface Props {
  environment: Environment;
  onEnvironment: (environment: Environment) => void;
  /** Opens the form that generates a key pair here. */
  onCreatePair?: (() => void) | undefined;
}

export function MoreWays({ environment, onEnvironment, onCreatePair }: Props) {
  return (
    <div class="more">
      <h3>{i18n.message('moreWays')}</h3>
      <RadioGroup
        legend={i18n.message('environment')}
        name="environment"
        chosen={environment}
        options={ENVIRONMENTS.map((value) => ({
          value,
          label: i18n.message(value),
          hint: i18n.message(value === 'demo' ? 'environmentDemoHint' : 'environmentProductionHint'),
        }))}
        onChoose={onEnvironment}
      />
      {onCreatePair && (
        <div class="stack">
          <p class="hint">{i18n.message('generateOffer')}</p>
          <Button onClick={onCreatePair}>{i18n.message('createPair')}</Button>
        </div>
      )}
    </div>
  );
}
