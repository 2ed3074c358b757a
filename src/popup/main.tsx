// The whole popup, drawn over its first frame.

import { mount } from '../ui/mount.tsx';
import { Popup } from './Popup.tsx';

void mount(Popup, 'extensionName');
