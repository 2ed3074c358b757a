// Renders the results page.

import { mount } from '../ui/mount.tsx';
import { ResultsPage } from './ResultsPage.tsx';

void mount(ResultsPage, 'resultsTitle');
