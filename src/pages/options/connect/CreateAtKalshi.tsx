// The first step of connecting: a key at Kalshi, in one of its environments.

import { i18n } from '../../../browser/i18n.ts';
import { ENVIRONMENTS, type Environment } from '../../../domain/accounts/account.ts';
import { Button } from '../../shared/Button.tsx';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { WhereToClick } from './WhereToClick.tsx';

/** Where members create API keys (https://docs.kalshi.com/getting_started/api_keys). */
const KEYS_PAGE: Record<Environment, string> = {
  production: 'https://kalshi.com/account/profile',
  demo: 'https://demo.kalshi.co/account/profile',
};

interface Props {
  environment: Environment;
  onEnvironment: (environment: Environment) => void;
  /** Opens the form that generates a key pair here. */
  onCreatePair?: (() => void) | undefined;
}

export function CreateAtKalshi({ environment, onEnvironment, onCreatePair }: Props) {
  return (
    <>
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
      <div class="how">
        <p>{i18n.message('connectSteps')}</p>
        <WhereToClick />
      </div>
      <div class="row">
        <a class="button" href={KEYS_PAGE[environment]} target="_blank" rel="noopener noreferrer">
          {i18n.message('openKeysPage')}
        </a>
        {onCreatePair && <Button onClick={onCreatePair}>{i18n.message('createPair')}</Button>}
      </div>
      {onCreatePair && <p class="hint">{i18n.message('generateOffer')}</p>}
    </>
  );
}
