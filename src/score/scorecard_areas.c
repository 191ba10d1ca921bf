/* Which areas are judged, and how deep. */
#include "score/scorecard.h"

#include <string.h>

static bool
names_area(const struct area_list *list, const char *area)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->names[i], area) == 0)
			return true;
	return false;
}

bool
scorecard_area_selected(const struct scorecard_options *options, const char *area)
{
	return (options->only.count == 0 || names_area(&options->only, area)) &&
	    !names_area(&options->skip, area);
}

/* Areas that cost little: their deep checks are made at depth core too, without a score. */
static bool
is_deep_at_core(const char *area)
{
	return strcmp(area, "mta_sts") == 0 || strcmp(area, "tls_rpt") == 0 ||
	    strcmp(area, "dane") == 0;
}

bool
scorecard_deep_selected(const struct scorecard_options *options, const struct check_area *area)
{
	return scorecard_area_selected(options, area->name) &&
	    (options->deep || is_deep_at_core(area->name) ||
		names_area(&options->only, area->name));
}
