/* Which hosts are in a sample hangs on the seed, and never on the order in which they came. */
#include "unit.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "fact/session_samples.h"
#include "fact/session_state.h"
#include "names/provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER "mx_suffix\tprovider\tgroup\tmax_conn\tper_min\tmin_gap_ms\tprobe\tconf\tnote\n"
#define ROWS                                                                                       \
	".giant.com\tgiant\tprovider\t3\t30\t0\tsample:5\tK\t-\n"                                  \
	"*\t(default)\tip\t1\t20\t0\teach\tI\t-\n"

enum { HOSTS = 200 };

static struct providers *providers;
static size_t entered;

static int
set_up(void **state)
{
	char path[] = "/tmp/session_samples_test.XXXXXX";
	int handle = mkstemp(path);
	struct error error;
	int status = -1;

	(void)state;
	if (handle >= 0 && write(handle, HEADER ROWS, strlen(HEADER ROWS)) > 0)
		status = providers_load(path, &providers, &error);
	close(handle);
	unlink(path);
	return status;
}

static int
tear_down(void **state)
{
	(void)state;
	providers_free(providers);
	return 0;
}

static struct session *
make_session(const char *domain, unsigned number, struct ip ip)
{
	struct session *session = alloc_zeroed(1, sizeof *session + 64);

	snprintf(session->mx_name, 64, "mx%u.%s", number, domain);
	session->ip = ip;
	return session;
}

static void
on_entered(void *user, struct session *session)
{
	(void)user;
	(void)session;
	entered++;
}

/* The names of what is had, in the order of the sample; how many need not wait. */
static size_t
sample(const char *domain, const struct ip *ip, bool backwards, uint64_t seed, const char *key,
    char names_out[2048])
{
	static struct session *sessions[HOSTS];
	struct run_facts run = { .providers = providers, .seed = { seed, 2 } };
	struct session_samples *samples = session_samples_new(&run);
	struct arena arena = { 0 };
	const struct session_sample *told;
	size_t at_once = 0;

	for (unsigned i = 0; i < HOSTS; i++) {
		unsigned number = backwards ? HOSTS - 1 - i : i;
		struct ip own = { 4, { 198, 18, 0, (uint8_t)number } };
		struct session *dropped;

		sessions[i] = make_session(domain, number, ip != NULL ? *ip : own);
		switch (session_samples_add(samples, sessions[i], &dropped)) {
		case SAMPLING_NONE:
			at_once++;
			break;
		case SAMPLING_KEPT:
			sessions[i]->state = KEPT;
			break;
		case SAMPLING_DROPPED:
			break;
		}
		if (dropped != NULL && dropped->state == KEPT)
			dropped->state = RESTING;
	}
	entered = 0;
	session_samples_release(samples, on_entered, NULL);
	session_samples_tell(samples, &arena, &run);
	told = run_sample(&run, key);
	names_out[0] = '\0';
	for (size_t i = 0; told != NULL && i < told->count; i++)
		sprintf(names_out + strlen(names_out), "%s ", told->at[i].name);
	for (unsigned i = 0; i < HOSTS; i++)
		free(sessions[i]);
	session_samples_free(samples);
	arena_free(&arena);
	return at_once;
}

static size_t
count_names(const char *names)
{
	size_t count = 0;

	for (; *names != '\0'; names++)
		count += *names == ' ';
	return count;
}

static void
a_provider_has_the_same_sample_in_any_order(void **state)
{
	char forth[2048], back[2048], other[2048];

	(void)state;
	assert_int_equal(sample("giant.com", NULL, false, 1, "provider giant", forth), 0);
	assert_int_equal(entered, 5);
	assert_int_equal(sample("giant.com", NULL, true, 1, "provider giant", back), 0);
	sample("giant.com", NULL, true, 3, "provider giant", other);
	assert_int_equal(count_names(forth), 5);
	assert_string_equal(forth, back);
	assert_string_not_equal(forth, other);
}

/* The first name to come has its session at once: it may be the only one. */
static void
so_has_a_crowded_address(void **state)
{
	const struct ip ip = { 4, { 198, 18, 1, 1 } };
	char forth[2048], back[2048];

	(void)state;
	assert_int_equal(sample("small.org", &ip, false, 1, "address 198.18.1.1", forth), 1);
	assert_in_range(entered, ADDRESS_NAMES_MAX - 1, ADDRESS_NAMES_MAX);
	assert_int_equal(sample("small.org", &ip, true, 1, "address 198.18.1.1", back), 1);
	assert_int_equal(count_names(forth), ADDRESS_NAMES_MAX);
	assert_string_equal(forth, back);
}

static void
others_need_not_wait(void **state)
{
	char names[2048];

	(void)state;
	assert_int_equal(sample("small.org", NULL, false, 1, "address 198.18.0.1", names), HOSTS);
	assert_string_equal(names, "");
	assert_int_equal(entered, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_provider_has_the_same_sample_in_any_order),
		cmocka_unit_test(so_has_a_crowded_address),
		cmocka_unit_test(others_need_not_wait),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
