/* What is taken from an earlier night, in one transaction of its own. */
#include "fact/night_file.h"

#include <string.h>

int
night_taken_begin(struct night *night, struct error *error)
{
	return night_execute(night, "BEGIN; DELETE FROM facts; DELETE FROM domains", error);
}

static int
put(struct night *night, sqlite3_stmt *statement, struct error *error)
{
	if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK)
		return night_error(night, "cannot be written", error);
	return 0;
}

int
night_taken_fact(struct night *night, const void *key, size_t key_length, const void *value,
    size_t length, struct error *error)
{
	sqlite3_stmt *statement = night_statement(night, NIGHT_FACT_PUT);

	if (statement == NULL)
		return night_error(night, "cannot be written", error);
	sqlite3_bind_blob(statement, 1, key, (int)key_length, SQLITE_STATIC);
	sqlite3_bind_blob(statement, 2, value, (int)length, SQLITE_STATIC);
	return put(night, statement, error);
}

int
night_taken_domain(struct night *night, const char *name, const void *facts, size_t length,
    const struct night_domain *times, struct error *error)
{
	sqlite3_stmt *statement = night_statement(night, NIGHT_DOMAIN_PUT);

	if (statement == NULL)
		return night_error(night, "cannot be written", error);
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_blob(statement, 2, length > 0 ? facts : "", (int)length, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, times->scanned_at);
	sqlite3_bind_int64(statement, 4, times->elapsed_ms);
	return put(night, statement, error);
}

int
night_taken_end(struct night *night, bool whole, struct error *error)
{
	if (whole)
		return night_execute(night, "COMMIT", error);
	sqlite3_exec(night->db, "ROLLBACK", NULL, NULL, NULL);
	return 0;
}
