/* Tables for the rules, read once. */
#include "rule/lent_tables.h"

#include "base/error.h"
#include "names/provider.h"
#include "names/refusals.h"
#include "names/selectors.h"
#include "rule/fact_certificates.h"
#include "unit.h"

void
lent_tables(struct run_facts *run)
{
	static struct providers *providers;
	static struct selectors *selectors;
	static struct refusals *refusals;
	struct error error;

	if (selectors == NULL &&
	    (providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error) != 0 ||
		selectors_load(SOURCE_DIR "/tests/rule/selectors.tsv", &selectors, &error) != 0 ||
		refusals_load(SOURCE_DIR "/data/refusals.tsv", &refusals, &error) != 0))
		fail_msg("%s", error.text);
	run->providers = providers;
	run->selectors = selectors;
	run->refusals = refusals;
	run->certificates = fact_certificates_verifier(true);
}
