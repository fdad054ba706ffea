// `tsx src/cli/alertRules.ts`: writes the detectors' alert rules to docs/alerts/trainwreck.rules.yml; a test holds the file against them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { defaultRecipe } from '../core/recipe.ts';
import { alertRulesFile } from '../detectors/alertRules.ts';

mkdirSync('docs/alerts', { recursive: true });
writeFileSync('docs/alerts/trainwreck.rules.yml', alertRulesFile(defaultRecipe, 2));
