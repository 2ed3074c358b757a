// The options page's entry.

import { mount } from '../ui/mount.tsx';
import { Options } from './Options.tsx';

void mount(Options, 'optionsTitle');
