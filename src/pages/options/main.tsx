// Starts the options page.

import { mount } from '../shared/mount.tsx';
import { preventFileNavigation } from './connect/key-input/use-file-drop.ts';
import { Options } from './Options.tsx';

preventFileNavigation();
void mount(Options, 'optionsTitle');
