/* Records in the forms that zone files and web panels take. */
#include "publish/record.h"

#include "base/strbuf.h"

#include <string.h>
#include <strings.h>

enum { STRING_MAX = 255 }; /* octets of a character-string, RFC 1035 3.3 */

static void
write_octet(struct strbuf *out, unsigned char octet)
{
	if (octet == '"' || octet == '\\')
		strbuf_printf(out, "\\%c", octet);
	else if (octet < ' ' || octet > '~')
		strbuf_printf(out, "\\%03u", octet);
	else
		strbuf_add_byte(out, (char)octet);
}

static void
write_strings(struct strbuf *out, const char *text)
{
	size_t length = strlen(text), at = 0;

	do {
		size_t end = length - at > STRING_MAX ? at + STRING_MAX : length;

		strbuf_add_string(out, at == 0 ? "\"" : " \"");
		while (at < end)
			write_octet(out, (unsigned char)text[at++]);
		strbuf_add_byte(out, '"');
	} while (at < length);
}

void
publish_record_write(struct strbuf *out, const struct publish_record *record)
{
	if (record->type == DNS_MX)
		strbuf_printf(out, "%u %s.", record->preference, record->host);
	else if (record->type == DNS_TXT)
		write_strings(out, record->text);
	else
		strbuf_add_string(out, record->text);
}

void
publish_record_write_plain(struct strbuf *out, const struct publish_record *record)
{
	if (record->type == DNS_MX)
		strbuf_printf(
		    out, "%u %s", record->preference, *record->host == '\0' ? "." : record->host);
	else
		strbuf_add_string(out, record->text);
}

bool
publish_record_equal(const struct publish_record *a, const struct publish_record *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == DNS_MX)
		return a->preference == b->preference && strcasecmp(a->host, b->host) == 0;
	return strcmp(a->text, b->text) == 0;
}
