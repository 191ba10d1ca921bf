/* The only file that knows libpsl. */
#include "names/suffix.h"

#include "base/alloc.h"
#include "base/error.h"
#include "names/host_name.h"

#include <libpsl.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct suffix_list {
	psl_ctx_t *psl;
};

int
suffix_list_open(const char *path, struct suffix_list **out, struct error *error)
{
	psl_ctx_t *psl = path == NULL ? psl_latest(NULL) : psl_load_file(path);

	*out = NULL;
	if (psl != NULL && psl_suffix_count(psl) == 0) { /* a file without a single rule */
		psl_free(psl);
		psl = NULL;
	}
	if (psl == NULL && path == NULL)
		return error_set(error, EX_OSFILE,
		    "no public suffix list on this system; install publicsuffix or "
		    "name a file");
	if (psl == NULL)
		return error_set(error, EX_NOINPUT,
		    "%s: not readable as a public suffix list; it should be "
		    "public_suffix_list.dat of publicsuffix.org",
		    path);
	*out = alloc_zeroed(1, sizeof **out);
	(*out)->psl = psl;
	return 0;
}

void
suffix_list_close(struct suffix_list *list)
{
	if (list == NULL)
		return;
	psl_free(list->psl);
	free(list);
}

/* libpsl takes any text for a name, "1.2.3.4" and "a..b" too. */
static bool
is_name(const char *name)
{
	enum host_name_fault fault;

	return host_name_valid(name, &fault) || fault == HOST_NAME_SINGLE_LABEL ||
	    fault == HOST_NAME_UNDERSCORE;
}

/* NULL if there are fewer than two labels. */
static const char *
last_two_labels(const char *name)
{
	const char *at = strrchr(name, '.');

	if (at == NULL)
		return NULL;
	while (at > name && at[-1] != '.')
		at--;
	return at;
}

/* Points into `name`, or NULL. */
static const char *
registrable(const struct suffix_list *list, const char *name)
{
	if (!is_name(name))
		return NULL;
	return list == NULL ? last_two_labels(name) : psl_registrable_domain(list->psl, name);
}

bool
suffix_list_registrable(
    const struct suffix_list *list, const char *name, char out[SUFFIX_NAME_SIZE])
{
	const char *found = registrable(list, name);

	out[0] = '\0';
	if (found == NULL)
		return false;
	memcpy(out, found, strlen(found) + 1);
	return true;
}

bool
suffix_list_is_public(const struct suffix_list *list, const char *name)
{
	return list != NULL && is_name(name) && psl_is_public_suffix(list->psl, name) == 1;
}

bool
suffix_list_is_registry(const struct suffix_list *list, const char *name)
{
	return list != NULL && is_name(name) &&
	    psl_is_public_suffix2(list->psl, name, PSL_TYPE_ICANN) == 1;
}

bool
suffix_related(const struct suffix_list *list, const char *a, const char *b)
{
	const char *of_a = registrable(list, a);
	const char *of_b = registrable(list, b);

	return of_a != NULL && of_b != NULL && strcmp(of_a, of_b) == 0;
}
