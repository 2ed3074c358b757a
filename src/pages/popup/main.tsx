// Renders the whole popup in place of its first frame.

import { mount } from '../shared/mount.tsx';
import { Popup } from './Popup.tsx';

void mount(Popup, 'extensionName');
