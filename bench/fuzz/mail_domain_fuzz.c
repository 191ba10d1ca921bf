/*
 * What stands in a column of domains. A domain that was made of it is a host name and is left as it
 * is when it is read again, from its ASCII form and from the form for people; what gives no domain
 * gives a problem in words.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "names/host_name.h"
#include "names/mail_domain.h"

#include <stdlib.h>
#include <string.h>

static void
check_domain(const struct mail_domain *domain)
{
	struct mail_domain again;
	char normal[HOST_NAME_SIZE];

	must(host_name_valid(domain->ascii, NULL));
	must(utf8_valid(domain->unicode, strlen(domain->unicode)) && domain->unicode[0] != '\0');
	must(mail_domain_parse(domain->ascii, strlen(domain->ascii), &again));
	must(!again.changed && strcmp(again.ascii, domain->ascii) == 0);
	must(strcmp(again.unicode, domain->unicode) == 0);
	must(mail_domain_parse(domain->unicode, strlen(domain->unicode), &again));
	must(strcmp(again.ascii, domain->ascii) == 0);
	must(host_name_normalise(domain->ascii, normal) && strcmp(normal, domain->ascii) == 0);
}

static void
check_normal_form(const uint8_t *bytes, size_t size)
{
	char *text = fuzz_text(bytes, size);
	char once[HOST_NAME_SIZE], twice[HOST_NAME_SIZE], problem[HOST_NAME_PROBLEM_SIZE];

	host_name_problem(text, problem);
	must((problem[0] == '\0') == host_name_valid(text, NULL));
	if (host_name_normalise(text, once))
		must(once[0] == '\0' || once[strlen(once) - 1] == '.' ||
		    (host_name_normalise(once, twice) && strcmp(once, twice) == 0));
	else
		must(once[0] == '\0');
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct mail_domain domain;
	bool fine = mail_domain_parse((const char *)bytes, size, &domain);

	must(fine == (domain.problem[0] == '\0'));
	if (fine) {
		check_domain(&domain);
	} else {
		must(domain.ascii[0] == '\0' && domain.unicode[0] == '\0' && !domain.changed);
		must(strncmp(domain.problem, "it", 2) == 0 && fuzz_is_message(domain.problem));
	}
	check_normal_form(bytes, size);
	return 0;
}
