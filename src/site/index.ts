// Every static page beside the playground, from the sources that the playground has.
import { galleryPage } from './galleryPage.ts';
import { glossaryPage } from './glossaryPage.ts';
import { handoutPage } from './handoutPage.ts';
import { instructorPage } from './instructorPage.ts';
import type { SiteFacts } from './facts.ts';
import type { SitePage } from './page.ts';
import { scenarioPage } from './scenarioPage.ts';
import { allScenarios } from './story.ts';
import { symptomsPage } from './symptomsPage.ts';

export { parseQuality, type SiteFacts } from './facts.ts';

export function sitePages(facts: SiteFacts): readonly SitePage[] {
  return [
    symptomsPage(),
    galleryPage(facts),
    glossaryPage(),
    handoutPage(facts),
    instructorPage(),
    ...allScenarios.map((scenario) => scenarioPage(scenario, facts)),
  ];
}
