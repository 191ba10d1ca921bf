#ifndef MXSWEEP_RULE_TAKES_MAIL_H
#define MXSWEEP_RULE_TAKES_MAIL_H

#include "fact/facts.h"

/* Could mail to a domain be delivered at all? */
enum takes_mail {
	TAKES_MAIL,
	TAKES_NO_MAIL, /* it does not exist, has a null MX (RFC 7505), or neither MX nor address */
	TAKES_MAIL_UNKNOWN,
};

/* By its MX, else its addresses (RFC 5321 5.1). The answer that decided, NULL while not known. */
enum takes_mail
takes_mail_evaluate(struct facts *facts, const char *domain, const struct dns_answer **answer_out);

#endif
