/* Whose fault is it when a server turns us away? */
#include "score/refusal.h"

#include "rule/about_us.h"

static enum reason
refusal_of_reply(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	if (about_us(seen, heard, run))
		return REASON_REFUSED_OUR_ADDRESS;
	if (heard->code == 421)
		return REASON_DEFERRED_421;
	if (heard->code >= 400 && heard->code < 500)
		return REASON_DEFERRED_4XX;
	if (about_pressure(heard, run))
		return REASON_REFUSED_OUR_ADDRESS;
	return REASON_UNCONFIRMED;
}

static enum reason
refusal_of_timeout(enum smtp_stage stage)
{
	switch (stage) {
	case SMTP_CONNECT:
		return REASON_CONNECT_TIMEOUT;
	case SMTP_GREETING:
		return REASON_GREETING_TIMEOUT;
	default:
		return REASON_REPLY_TIMEOUT;
	}
}

enum reason
refusal_of_session(const struct smtp_observation *seen, const struct run_facts *run)
{
	switch (seen->end) {
	case SMTP_END_TIMEOUT:
		return refusal_of_timeout(seen->stage);
	case SMTP_END_REPLY:
		return refusal_of_reply(seen, smtp_last_heard(seen), run);
	case SMTP_END_TOTAL:
		return REASON_TARPIT;
	case SMTP_END_CLOSED:
		return REASON_CLOSED_EARLY;
	case SMTP_END_NO_ROUTE:
	case SMTP_END_FORBIDDEN:
		return REASON_NET_UNREACHABLE;
	case SMTP_END_SHORTAGE:
		return REASON_SCANNER_ERROR;
	case SMTP_END_RATE_LIMITED:
		return REASON_RATE_LIMITED;
	case SMTP_END_REFUSED:
	case SMTP_END_UNREACHABLE:
	case SMTP_END_GARBAGE:
	case SMTP_END_TLS:
	case SMTP_END_COMPLETE:
	case SMTP_END_COUNT:
		break;
	}
	return REASON_UNCONFIRMED;
}

enum reason
refusal_of_run(const struct run_facts *run)
{
	if (run->interrupted)
		return REASON_CANCELLED;
	return run->late ? REASON_RATE_LIMITED : REASON_NOT_RECORDED;
}
