// The popup's entry.

import { mount } from '../ui/mount.tsx';
import { Popup } from './Popup.tsx';

void mount(Popup, 'extensionName');
