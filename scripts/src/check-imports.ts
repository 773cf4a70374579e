import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

/** Far below what there is: guards against a parser that reads nothing and therefore finds nothing wrong. */
const FEWEST_MODULES = 100;

const options = await extractDepcruiseOptions('./.dependency-cruiser.cjs');
const { output } = await cruise(['client/src', 'client/e2e', 'server', 'geo-data/src', 'geo-data/bench', 'scripts'], {
  ...options,
  validate: true,
});
const { summary, modules } = output as ICruiseResult;
const ours = modules.filter(({ source }) => /^(client|server|geo-data|scripts)\//.test(source));

const reasons = new Map((options.ruleSet?.forbidden ?? []).map((rule) => [rule.name, rule.comment]));
for (const { rule, from, to } of summary.violations) {
  console.error(`${from} → ${to}\n    ${rule.name}: ${reasons.get(rule.name)}`);
}
if (ours.length < FEWEST_MODULES) {
  console.error(`Cruised ${ours.length} modules when expected at least ${FEWEST_MODULES}: the parser reads nothing.`);
}
const failed = summary.violations.length > 0 || ours.length < FEWEST_MODULES;
console.log(
  `imports: ${ours.length} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
process.exit(failed ? 1 : 0);
