// Starts the options page.

import { mount } from '../ui/mount.tsx';
import { keepPageWhereItIs } from './connect/use-file-drop.ts';
import { Options } from './Options.tsx';

keepPageWhereItIs();
void mount(Options, 'optionsTitle');
