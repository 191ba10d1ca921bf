/* Weights out of a file. */
#include "score/weights.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/strbuf.h"
#include "cert/served.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { CLASSES = CLASS_CRITICAL + 1 };

struct own_weight {
	const struct check *check;
	unsigned weight;
};

struct weights {
	struct arena arena;
	const char *digest;
	unsigned classes[CLASSES];
	struct own_weight own[CHECKS_MAX];
	size_t own_count;
};

/* A file under way. */
struct reading {
	struct weights *weights;
	const char *path;
	size_t line;
	struct error *error;
};

static int
fault(const struct reading *r, const char *text, const char *what)
{
	return error_set(r->error, EX_CONFIG, "%s:%zu: '%.80s' %s", r->path, r->line, text, what);
}

static bool
set_class(struct weights *weights, const char *name, unsigned weight)
{
	for (int class = CLASS_MINOR; class < CLASSES; class ++)
		if (strcmp(check_class_text((enum check_class) class), name) == 0) {
			weights->classes[class] = weight;
			return true;
		}
	return false;
}

static int
set_check(const struct reading *r, const char *id, unsigned weight)
{
	struct weights *weights = r->weights;
	const struct check *check = check_find(id);

	if (check == NULL)
		return fault(r, id,
		    "is neither a class nor a check; critical, major, minor or an id that `mxsweep "
		    "checks` lists would be right");
	if (check->class == CLASS_NONE)
		return fault(r, id, "is of class none, which never counts");
	for (size_t i = 0; i < weights->own_count; i++)
		if (weights->own[i].check == check)
			return fault(r, id, "stands twice; once would be right");
	weights->own[weights->own_count++] = (struct own_weight){ check, weight };
	return 0;
}

static int
read_line(const struct reading *r, char *line)
{
	static const char blanks[] = " \t\r\n=";
	char *name, *number, *end, *rest;
	unsigned long weight;

	line[strcspn(line, "#")] = '\0';
	name = strtok_r(line, blanks, &rest);
	if (name == NULL)
		return 0;
	number = strtok_r(NULL, blanks, &rest);
	if (number == NULL)
		return fault(r, name, "needs a number behind it, such as 15");
	weight = strtoul(number, &end, 10);
	if (*end != '\0' || number[0] == '-' || weight > WEIGHT_MOST)
		return fault(
		    r, number, "is no weight; a whole number from 0 to 1000 would be right");
	if (strtok_r(NULL, blanks, &rest) != NULL)
		return fault(r, name, "has more than a number behind it");
	return set_class(r->weights, name, (unsigned)weight) ? 0
							     : set_check(r, name, (unsigned)weight);
}

static int
read_lines(struct reading *r, FILE *file)
{
	uint8_t digest[CERT_DIGEST_SIZE];
	struct strbuf whole = { 0 };
	size_t capacity = 0;
	char *line = NULL;
	ssize_t length;
	int result = 0;

	while (result == 0 && (length = getline(&line, &capacity, file)) >= 0) {
		strbuf_add(&whole, line, (size_t)length);
		r->line++;
		result = read_line(r, line);
	}
	if (result == 0 && ferror(file))
		result = error_set(
		    r->error, EX_NOINPUT, "%s: cannot be read: %s", r->path, strerror(errno));
	cert_digest(whole.at != NULL ? whole.at : "", whole.length, digest);
	r->weights->digest = hex_text(&r->weights->arena, digest, sizeof digest);
	strbuf_free(&whole);
	free(line);
	return result;
}

int
weights_load(const char *path, struct weights **out, struct error *error)
{
	struct weights *weights = alloc_zeroed(1, sizeof *weights);
	struct reading r = { .weights = weights, .path = path, .error = error };
	FILE *file = fopen(path, "re");
	int result;

	for (int class = 0; class < CLASSES; class ++)
		weights->classes[class] = check_weight((enum check_class) class);
	if (file == NULL) {
		weights_free(weights);
		return error_set(
		    error, EX_NOINPUT, "%s: cannot be opened: %s", path, strerror(errno));
	}
	result = read_lines(&r, file);
	fclose(file);
	if (result != 0) {
		weights_free(weights);
		return -1;
	}
	*out = weights;
	return 0;
}

void
weights_free(struct weights *weights)
{
	if (weights == NULL)
		return;
	arena_free(&weights->arena);
	free(weights);
}

unsigned
weights_of(const struct weights *weights, const struct check *check)
{
	if (weights == NULL)
		return check_weight(check->class);
	for (size_t i = 0; i < weights->own_count; i++)
		if (weights->own[i].check == check)
			return weights->own[i].weight;
	return weights->classes[check->class];
}

const char *
weights_digest(const struct weights *weights)
{
	return weights == NULL ? NULL : weights->digest;
}
