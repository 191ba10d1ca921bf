#ifndef MXSWEEP_REPORT_HTML_TEXT_H
#define MXSWEEP_REPORT_HTML_TEXT_H

#include "base/strbuf.h"
#include "report/tally.h"

/* Text in a page: what has a meaning in HTML is escaped, what is no UTF-8 or a control replaced.
 * NULL is nothing. */
void html_text(struct strbuf *out, const char *text);

/* A count with its thousands set apart, as people read it. */
void html_count(struct strbuf *out, uint64_t count);

/* Charts as inline SVG. */
void html_verdict_chart(struct strbuf *out, const struct tally *tally);
void html_point_chart(struct strbuf *out, const struct tally *tally);

/* The head of the page: style and script stand in it, so that nothing else is ever loaded. */
extern const char html_head[];
extern const char html_script[];

#endif
