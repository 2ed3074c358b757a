// Renders the results page.

import { mount } from '../shared/mount.tsx';
import { ResultsPage } from './ResultsPage.tsx';

void mount(ResultsPage, 'resultsTitle');
