/* CAA records: who may issue certificates for a name (RFC 8659). */
#include "wire/caa.h"

#include "base/ascii.h"
#include "base/buf.h"

#include <string.h>
#include <strings.h>

enum { CRITICAL = 0x80 };

/* What is left of a value. */
struct scan {
	const char *at, *end;
};

static bool
is_alphanumeric(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

static void
skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t'))
		scan->at++;
}

static bool
take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* Letters and digits, with hyphens between them: a label of a name, and the tag of a parameter. */
static bool
take_word(struct scan *scan)
{
	const char *start = scan->at;

	while (scan->at < scan->end && (is_alphanumeric(*scan->at) || *scan->at == '-'))
		scan->at++;
	return scan->at > start && *start != '-' && scan->at[-1] != '-';
}

static bool
take_domain(struct scan *scan)
{
	do
		if (!take_word(scan))
			return false;
	while (take(scan, '.'));
	return true;
}

static bool
take_parameter(struct scan *scan)
{
	if (!take_word(scan))
		return false;
	skip_blanks(scan);
	if (!take(scan, '='))
		return false;
	skip_blanks(scan);
	while (scan->at<scan->end && * scan->at> ' ' && *scan->at < 0x7f && *scan->at != ';')
		scan->at++;
	skip_blanks(scan);
	return true;
}

/* RFC 8659 4.2: [domain] [; parameter [; parameter]...]; an empty one forbids everybody. */
static const char *
issuer_problem(const char *value, size_t length)
{
	struct scan scan = { value, value + length };

	skip_blanks(&scan);
	if (scan.at < scan.end && *scan.at != ';') {
		if (!take_domain(&scan))
			return "an issuer that is no domain";
		skip_blanks(&scan);
	}
	if (!take(&scan, ';'))
		return scan.at == scan.end ? NULL : "octets behind the issuer";
	skip_blanks(&scan);
	if (scan.at == scan.end)
		return NULL;
	do {
		skip_blanks(&scan);
		if (!take_parameter(&scan))
			return "a parameter that is none";
	} while (take(&scan, ';'));
	return scan.at == scan.end ? NULL : "a parameter that is none";
}

/* RFC 8659 4.4: where to report what was asked for in vain. */
static const char *
iodef_problem(const char *value, size_t length)
{
	static const char *const schemes[] = { "mailto:", "http://", "https://" };

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (length > strlen(schemes[i]) &&
		    strncasecmp(value, schemes[i], strlen(schemes[i])) == 0)
			return NULL;
	return "an iodef that is neither mailto: nor http: nor https:";
}

/* The registered tags; what has no reader of its value is taken as it is. */
static const struct {
	const char *tag;
	const char *(*problem)(const char *value, size_t length);
} tags[] = {
	{ "issue", issuer_problem },
	{ "issuewild", issuer_problem },
	{ "issuemail", issuer_problem }, /* RFC 9495 */
	{ "issuevmc", issuer_problem },
	{ "iodef", iodef_problem },
	{ "contactemail", NULL },
	{ "contactphone", NULL },
};

static bool
is_tag(const char *tag, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!is_alphanumeric(tag[i]))
			return false;
	return length > 0;
}

static void
judge(struct caa *caa)
{
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		if (strlen(tags[i].tag) != caa->tag_length ||
		    strncasecmp(tags[i].tag, caa->tag, caa->tag_length) != 0)
			continue;
		caa->known = true;
		if (tags[i].problem != NULL)
			caa->problem = tags[i].problem(caa->value, caa->value_length);
	}
	if (!caa->known && caa->critical)
		caa->problem = "a critical tag that nobody knows";
}

struct caa
caa_read(const uint8_t *octets, size_t length)
{
	struct buf buf = buf_over(octets, length);
	struct caa caa = { .critical = (buf_u8(&buf) & CRITICAL) != 0 };

	caa.tag_length = buf_u8(&buf);
	caa.tag = (const char *)buf_bytes(&buf, caa.tag_length);
	caa.value_length = buf_left(&buf);
	caa.value = (const char *)buf_bytes(&buf, caa.value_length);
	if (caa.tag == NULL)
		return (struct caa){ .problem = "it is cut short" };
	if (!is_tag(caa.tag, caa.tag_length))
		caa.problem = "a tag that is not of letters and digits";
	else
		judge(&caa);
	return caa;
}
