// Starts the options page.

import { mount } from '../ui/mount.tsx';
import { Options } from './Options.tsx';
import { keepPageWhereItIs } from './use-file-drop.ts';

keepPageWhereItIs();
void mount(Options, 'optionsTitle');
