/* Walking over all facts of a night file, and the blobs in which domains hold theirs. */
#include "fact/night.h"

#include "base/buf.h"
#include "base/strbuf.h"
#include "fact/night_file.h"

static void
each_of_blob(struct night *night, const void *blob, size_t length, night_fact_fn fn, void *user)
{
	if (!night_blob_each(blob, length, fn, user))
		night_damaged(night, "the facts of a domain are cut");
}

static void
each_of_query(struct night *night, const char *sql, bool blobs, night_fact_fn fn, void *user)
{
	sqlite3_stmt *all;

	if (sqlite3_prepare_v2(night->db, sql, -1, &all, NULL) != SQLITE_OK)
		return;
	while (night_step(night, all)) {
		const void *first = sqlite3_column_blob(all, 0);
		size_t length = (size_t)sqlite3_column_bytes(all, 0);

		if (blobs)
			each_of_blob(night, first, length, fn, user);
		else
			fn(user, first, length, sqlite3_column_blob(all, 1),
			    (size_t)sqlite3_column_bytes(all, 1));
	}
	sqlite3_finalize(all);
}

bool
night_each_fact(struct night *night, const char *domain, night_fact_fn fn, void *user)
{
	struct night_domain times;
	struct strbuf facts = { 0 };
	bool found;

	if (domain == NULL) {
		each_of_query(night, "SELECT facts FROM domains ORDER BY name", true, fn, user);
		each_of_query(night, "SELECT key, value FROM facts ORDER BY key", false, fn, user);
		return true;
	}
	found = night_domain(night, domain, &facts, &times);
	if (found)
		each_of_blob(night, facts.at, facts.length, fn, user);
	strbuf_free(&facts);
	return found;
}

static sqlite3_stmt *
walk(struct night *night, const char *sql)
{
	sqlite3 *db = night->reader != NULL ? night->reader : night->db;
	sqlite3_stmt *all;

	return sqlite3_prepare_v2(db, sql, -1, &all, NULL) == SQLITE_OK ? all : NULL;
}

void
night_each_domain(struct night *night, night_domain_fn fn, void *user)
{
	sqlite3_stmt *all = walk(night, "SELECT name, facts FROM domains");

	while (all != NULL && night_step(night, all)) {
		const char *name = (const char *)sqlite3_column_text(all, 0);

		if (name != NULL)
			fn(user, name, sqlite3_column_blob(all, 1),
			    (size_t)sqlite3_column_bytes(all, 1));
	}
	sqlite3_finalize(all);
}

void
night_each_row(struct night *night, uint8_t first, night_fact_fn fn, void *user)
{
	const uint8_t last = (uint8_t)(first + 1);
	sqlite3_stmt *all = walk(night, "SELECT key, value FROM facts WHERE key>=? AND key<?");

	if (all != NULL) {
		sqlite3_bind_blob(all, 1, &first, 1, SQLITE_STATIC);
		sqlite3_bind_blob(all, 2, &last, 1, SQLITE_STATIC);
	}
	while (all != NULL && night_step(night, all))
		fn(user, sqlite3_column_blob(all, 0), (size_t)sqlite3_column_bytes(all, 0),
		    sqlite3_column_blob(all, 1), (size_t)sqlite3_column_bytes(all, 1));
	sqlite3_finalize(all);
}

void
night_blob_add(
    struct strbuf *blob, const void *key, size_t key_length, const void *value, size_t length)
{
	strbuf_add_varint(blob, key_length);
	strbuf_add(blob, key, key_length);
	strbuf_add_varint(blob, length);
	strbuf_add(blob, value, length);
}

bool
night_blob_each(const void *blob, size_t length, night_fact_fn fn, void *user)
{
	struct buf buf = buf_over(blob, length);

	while (buf_left(&buf) > 0) {
		size_t key_length = (size_t)buf_varint(&buf);
		const void *key = buf_bytes(&buf, key_length);
		size_t value_length = (size_t)buf_varint(&buf);
		const void *value = buf_bytes(&buf, value_length);

		if (key == NULL || value == NULL)
			return false;
		fn(user, key, key_length, value, value_length);
	}
	return !buf.failed;
}
