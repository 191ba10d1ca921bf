/* Every command and every option, once: parsing, defaults, help and manual come from here. */
#include "app/option_table.h"

#include "app/options.h"

#include <string.h>
#include <sysexits.h>

#define MEMBER(name) .offset = offsetof(struct options, name)

enum {
	GATHERING = COMMAND_SCAN | COMMAND_CHECK,
	ASKING = GATHERING | COMMAND_LISTS | COMMAND_SPF,
	FINISHING = COMMAND_SCAN | COMMAND_CHECK | COMMAND_SCORE,
	SINKS = COMMAND_SCAN | COMMAND_SCORE,
	NAME_MAX_LENGTH = 63, /* of what may be a misspelt name */
};

const struct command command_table[] = {
	{ "scan", COMMAND_SCAN, "FILE.csv",
	    "sweep the domains of a CSV file and write their scorecards", 1, 1 },
	{ "check", COMMAND_CHECK, "DOMAIN...",
	    "check one or a few domains and print a readable scorecard", 1, SIZE_MAX },
	{ "score", COMMAND_SCORE, "NIGHT", "finish a kept night file again, without a packet", 1,
	    1 },
	{ "facts", COMMAND_FACTS, "NIGHT [DOMAIN]",
	    "print the evidence that a night file holds as JSON lines", 1, 2 },
	{ "lists", COMMAND_LISTS, "",
	    "test every block list, and say what they know of an address or name", 0, 0 },
	{ "spf", COMMAND_SPF, "", "say whether an address may send in the name of a domain", 0, 0 },
	{ "checks", COMMAND_CHECKS, "[ID]", "explain the checks: rule, weight, reference, advice",
	    0, 1 },
};
const size_t command_count = sizeof command_table / sizeof command_table[0];

const char *const option_group_titles[OPTION_GROUP_COUNT] = {
	[OPTION_GROUP_INPUT] = "Input",
	[OPTION_GROUP_LOOKUPS] = "Look-ups",
	[OPTION_GROUP_CHECKS] = "Checks",
	[OPTION_GROUP_OUTPUT] = "Output",
	[OPTION_GROUP_GENERAL] = "General",
};

static const struct option_choice delimiters[] = {
	{ ",", ',' },
	{ ";", ';' },
	{ "tab", '\t' },
	{ NULL, 0 },
};
static const struct option_choice depths[] = {
	{ "core", false },
	{ "deep", true },
	{ NULL, 0 },
};
static const struct option_choice fail_on[] = {
	{ "none", FAIL_ON_NONE },
	{ "warn", FAIL_ON_WARN },
	{ "fail", FAIL_ON_FAIL },
	{ NULL, 0 },
};
static const struct option_choice progress[] = {
	{ "auto", PROGRESS_AUTO },
	{ "never", PROGRESS_NEVER },
	{ "always", PROGRESS_ALWAYS },
	{ NULL, 0 },
};

const struct option_row option_table[] = {
	{ .name = "column",
	    .argument = "NAME",
	    .kind = OPTION_TEXT,
	    MEMBER(column),
	    .group = OPTION_GROUP_INPUT,
	    .commands = COMMAND_SCAN,
	    .shown = "the one named domain, else the first that holds domains",
	    .help = "The column that holds the domain" },
	{ .name = "encoding",
	    .argument = "NAME",
	    .kind = OPTION_TEXT,
	    MEMBER(encoding),
	    .group = OPTION_GROUP_INPUT,
	    .commands = COMMAND_SCAN,
	    .shown = "UTF-8, else Windows-1252",
	    .help = "How the text of the file is encoded, by a name that iconv knows" },

	{ .name = "resolver",
	    .argument = "ADDR[:PORT]",
	    .kind = OPTION_RESOLVERS,
	    MEMBER(resolvers),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = ASKING,
	    .shown = "those of /etc/resolv.conf",
	    .help = "Recursive resolver to ask; may be repeated; [::1]:5300 for IPv6" },
	{ .name = "dns-inflight",
	    .argument = "N",
	    .kind = OPTION_NUMBER,
	    MEMBER(dns_inflight),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = ASKING,
	    .least = 1,
	    .most = 1000000,
	    .shown = "10000 for a resolver on this machine, else 500",
	    .help = "Questions in flight at each resolver" },
	{ .name = "dns-qps",
	    .argument = "N",
	    .kind = OPTION_NUMBER,
	    MEMBER(dns_qps),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = ASKING,
	    .least = 1,
	    .most = 10000000,
	    .shown = "no limit for a resolver on this machine, else 1000",
	    .help = "Questions a second to each resolver" },
	{ .name = "dns-timeout",
	    .argument = "DURATION",
	    .kind = OPTION_DURATION,
	    MEMBER(dns_timeout),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = ASKING,
	    .least = 10,
	    .most = 300000,
	    .initial = "5s",
	    .help = "Patience with one question at one resolver, before the next one is asked" },
	{ .name = "ehlo",
	    .argument = "NAME",
	    .kind = OPTION_HOST,
	    MEMBER(ehlo),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .shown = "the host's full name",
	    .help = "The name that the scanner gives itself on port 25" },
	{ .name = "window",
	    .argument = "N",
	    .kind = OPTION_NUMBER,
	    MEMBER(window),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .least = 1,
	    .most = 1000000,
	    .initial = "10000",
	    .help = "Domains in flight" },
	{ .name = "smtp-sessions",
	    .argument = "N",
	    .kind = OPTION_NUMBER,
	    MEMBER(smtp_sessions),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .least = 1,
	    .most = 100000,
	    .initial = "1000",
	    .help = "Sessions on port 25 at once, all providers together" },
	{ .name = "smtp-timeout",
	    .argument = "NAME=DURATION,...",
	    .kind = OPTION_SMTP_TIMEOUTS,
	    MEMBER(smtp_timeouts),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .initial = "connect=15s,greeting=60s,ehlo=30s,starttls=15s,tls=20s,quit=5s,total=150s,"
		       "late-greeting=300s,late-total=600s",
	    .help = "Limits of a session on port 25, any subset" },
	{ .name = "providers",
	    .argument = "FILE|+FILE",
	    .kind = OPTION_FILE,
	    MEMBER(providers),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = FINISHING,
	    .shown = "shipped",
	    .help =
		"Mail providers and their limits; +FILE adds to the shipped table, the same key "
		"wins" },
	{ .name = "lists",
	    .argument = "FILE|+FILE",
	    .kind = OPTION_FILE,
	    MEMBER(lists),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = FINISHING | COMMAND_LISTS,
	    .shown = "shipped",
	    .help = "Block lists and their codes; +FILE adds to the shipped table, the same zone "
		    "wins" },
	{ .name = "selectors",
	    .argument = "FILE|+FILE",
	    .kind = OPTION_FILE,
	    MEMBER(selectors),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = FINISHING,
	    .shown = "shipped",
	    .help = "DKIM selectors worth trying; +FILE adds to the shipped table, the same hint "
		    "wins" },
	{ .name = "probes",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(probes),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .shown = "shipped",
	    .help = "Names that show what the resolver does" },
	{ .name = "psl",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(psl),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = FINISHING,
	    .shown = "Debian's",
	    .help = "Public suffix list" },
	{ .name = "allow-net",
	    .argument = "CIDR",
	    .kind = OPTION_NETWORKS,
	    MEMBER(allowed),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING,
	    .shown = "none",
	    .help =
		"Addresses that may be connected to although they are not public, for a lab or an "
		"intranet; may be repeated" },
	{ .name = "seed",
	    .argument = "N",
	    .kind = OPTION_NUMBER,
	    MEMBER(seed),
	    .group = OPTION_GROUP_LOOKUPS,
	    .commands = GATHERING | COMMAND_LISTS,
	    .most = UINT64_MAX,
	    .shown = "random",
	    .help = "Seed of random labels, test addresses and samples" },

	{ .name = "depth",
	    .argument = "core|deep",
	    .kind = OPTION_CHOICE,
	    MEMBER(deep),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = FINISHING,
	    .choices = depths,
	    .initial = "core",
	    .help = "Whether the deep checks of all areas are made as well" },
	{ .name = "only",
	    .argument = "AREA,...",
	    .kind = OPTION_AREAS,
	    MEMBER(only),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = FINISHING,
	    .shown = "all",
	    .help = "Areas that are checked" },
	{ .name = "skip",
	    .argument = "AREA,...",
	    .kind = OPTION_AREAS,
	    MEMBER(skip),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = FINISHING,
	    .shown = "none",
	    .help = "Areas that are not checked" },

	{ .name = "ip",
	    .argument = "ADDR",
	    .kind = OPTION_TEXT,
	    MEMBER(ip),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = COMMAND_LISTS | COMMAND_SPF,
	    .shown = "none",
	    .help = "The address that is asked about: of the lists, or as one that sends" },
	{ .name = "helo",
	    .argument = "NAME",
	    .kind = OPTION_TEXT,
	    MEMBER(helo),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = COMMAND_SPF,
	    .shown = "none",
	    .help = "What the sender calls itself; it is judged when there is no --mail-from" },
	{ .name = "mail-from",
	    .argument = "ADDR",
	    .kind = OPTION_TEXT,
	    MEMBER(mail_from),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = COMMAND_SPF,
	    .shown = "postmaster at the name of --helo",
	    .help = "The address of the envelope, or its domain" },
	{ .name = "domain",
	    .argument = "NAME",
	    .kind = OPTION_TEXT,
	    MEMBER(domain),
	    .group = OPTION_GROUP_CHECKS,
	    .commands = COMMAND_LISTS,
	    .shown = "none",
	    .help = "Ask the lists about this domain" },
	{ .name = "json",
	    .kind = OPTION_FLAG,
	    MEMBER(json),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = COMMAND_CHECK | COMMAND_LISTS | COMMAND_SPF,
	    .help = "Print the result as JSON, one object a domain, list or sender" },
	{ .name = "batch",
	    .kind = OPTION_FLAG,
	    MEMBER(batch),
	    .group = OPTION_GROUP_INPUT,
	    .commands = COMMAND_SPF,
	    .help =
		"Read senders from standard input, one JSON object a line with id, ip, helo and "
		"mail_from, and print one result a line" },
	{ .name = "markdown",
	    .kind = OPTION_FLAG,
	    MEMBER(markdown),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = COMMAND_CHECKS,
	    .help = "Print all checks as a Markdown page" },
	{ .name = "csv",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(csv),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .shown = "standard output, when no other output is named",
	    .help = "Write the scorecards as CSV; - is standard output" },
	{ .name = "ndjson",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(ndjson),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .shown = "none",
	    .help = "Write the scorecards as JSON, one object a line; - is standard output" },
	{ .name = "findings",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(findings),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .shown = "none",
	    .help =
		"Write every finding as a line of CSV, for pivot tables; - is standard output" },
	{ .name = "csv-delimiter",
	    .argument = ",|;|tab",
	    .kind = OPTION_CHOICE,
	    MEMBER(csv_delimiter),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .choices = delimiters,
	    .initial = ",",
	    .help = "What stands between the cells of a CSV file" },
	{ .name = "csv-bom",
	    .kind = OPTION_FLAG,
	    MEMBER(csv_bom),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .help = "Begin a CSV file with a byte-order mark" },
	{ .name = "csv-safe",
	    .argument = "on|off",
	    .kind = OPTION_SWITCH,
	    MEMBER(csv_safe),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .initial = "on",
	    .help = "Put ' before a cell that a spreadsheet would compute" },
	{ .name = "fail-on",
	    .argument = "none|warn|fail",
	    .kind = OPTION_CHOICE,
	    MEMBER(fail_on),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = SINKS,
	    .choices = fail_on,
	    .initial = "none",
	    .help = "End with exit code 1 when a domain has this verdict or a worse one" },
	{ .name = "night",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(night),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = COMMAND_SCAN,
	    .shown = "not kept",
	    .help = "Keep the night file, which holds all that was found, here" },
	{ .name = "quiet",
	    .kind = OPTION_FLAG,
	    MEMBER(quiet),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = COMMAND_SCAN,
	    .help = "No summary and no progress on standard error" },
	{ .name = "progress",
	    .argument = "auto|never|always",
	    .kind = OPTION_CHOICE,
	    MEMBER(progress),
	    .group = OPTION_GROUP_OUTPUT,
	    .commands = COMMAND_SCAN,
	    .choices = progress,
	    .initial = "auto",
	    .help = "The progress line; auto shows it on a terminal" },

	{ .name = "config",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    MEMBER(config),
	    .group = OPTION_GROUP_GENERAL,
	    .commands = COMMAND_ALL,
	    .shown = "none",
	    .help = "INI file with the names of these options; the command line goes before it" },
	{ .name = "help",
	    .kind = OPTION_FLAG,
	    MEMBER(help),
	    .group = OPTION_GROUP_GENERAL,
	    .commands = COMMAND_ALL,
	    .help = "Print this text" },
	{ .name = "version",
	    .kind = OPTION_FLAG,
	    MEMBER(version),
	    .group = OPTION_GROUP_GENERAL,
	    .commands = COMMAND_ALL,
	    .help = "Print the version" },
};
const size_t option_count = sizeof option_table / sizeof option_table[0];

_Static_assert(
    sizeof option_table / sizeof option_table[0] <= OPTIONS_MAX, "options has a source for each");

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(command_table[i].name, name) == 0)
			return &command_table[i];
	return NULL;
}

int
command_unknown(const char *name, struct error *error)
{
	const char *names[sizeof command_table / sizeof command_table[0] + 1] = { NULL };
	const char *near;

	for (size_t i = 0; i < command_count; i++)
		names[i] = command_table[i].name;
	near = option_nearest(name, names);
	if (near != NULL)
		return error_set(
		    error, EX_USAGE, "unknown command %s; did you mean %s?", name, near);
	return error_set(
	    error, EX_USAGE, "unknown command %s; \"mxsweep --help\" lists the commands", name);
}

const struct option_row *
option_find(const char *name, size_t length)
{
	for (size_t i = 0; i < option_count; i++)
		if (strlen(option_table[i].name) == length &&
		    memcmp(option_table[i].name, name, length) == 0)
			return &option_table[i];
	return NULL;
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_LENGTH + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];
	size_t width = strlen(b);

	for (size_t j = 0; j <= width; j++)
		last[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= width; j++) {
			now[j] = smaller(
			    last[j - 1] + (a[i - 1] != b[j - 1]), smaller(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = smaller(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[width];
}

const char *
option_nearest(const char *text, const char *const *names)
{
	size_t length = strlen(text);
	size_t best = 1 + (length < 6 ? length / 2 : 2 + length / 8); /* farther is another word */
	const char *nearest = NULL;

	if (length > NAME_MAX_LENGTH)
		return NULL;
	for (; *names != NULL; names++) {
		size_t steps = distance(text, *names);

		if (steps < best) {
			best = steps;
			nearest = *names;
		}
	}
	return nearest;
}
