#ifndef MXSWEEP_REPORT_PROMETHEUS_H
#define MXSWEEP_REPORT_PROMETHEUS_H

#include "report/row.h"

struct error;

/* Figures of the sweep in the text format of Prometheus, for the textfile collector of its node
 * exporter. */
int prometheus_open(const char *path, struct sink **sink_out, struct error *error);

#endif
