#ifndef MXSWEEP_REPORT_LAYOUT_CELLS_H
#define MXSWEEP_REPORT_LAYOUT_CELLS_H

#include "report/row.h"

/* Cells and words that the layouts of several other programs have in common. */

const char *layout_yes_no(bool known, bool value);
/* Whether a check found what it looks for at every subject; empty when it could not tell. */
const char *layout_check_word(const struct report_row *row, const char *id);
/* Texts with something between them. */
const char *
layout_join(const struct report_row *row, const char *list, const char *between, const char *text);
/* What the checks of an area say that have this outcome. */
const char *layout_said(
    const struct report_row *row, const char *area, enum outcome outcome, const char *between);
bool layout_has_failed(const struct report_row *row, const char *const *ids, size_t count);
bool layout_is_swept(const struct report_row *row);
const char *layout_base_domain(const struct report_row *row);
const char *layout_spf_valid(const struct report_row *row);
const char *layout_spf_record(const struct report_row *row);
bool layout_dmarc_is_known(const struct report_row *row);
const char *layout_step_text(const struct report_row *row, const struct dmarc_step *step);
/* A tag of the record that applies, or what holds without it. */
const char *layout_dmarc_tag(const struct report_row *row, const char *name, const char *without);
const char *layout_dmarc_p(const struct report_row *row);
const char *layout_dmarc_sp(const struct report_row *row);
const char *layout_dmarc_pct(const struct report_row *row);
const char *
layout_join_uris(const struct report_row *row, const struct dmarc_uris *uris, const char *between);
const char *layout_starttls(const struct report_row *row);
/* There are facts for it at no depth. */
const char *layout_nothing(const struct report_row *row);

#endif
