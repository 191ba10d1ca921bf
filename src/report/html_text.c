/* Text and charts of a page. */
#include "report/html_text.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

static const char *
entity_of(char octet)
{
	switch (octet) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
html_text(struct strbuf *out, const char *text)
{
	size_t length = text == NULL ? 0 : strlen(text);

	for (size_t i = 0; i < length;) {
		size_t octets = utf8_length(text + i, length - i);
		const char *entity = entity_of(text[i]);

		if (octets == 0 || ascii_is_control(text[i]))
			strbuf_add_string(out, UTF8_REPLACEMENT);
		else if (entity != NULL)
			strbuf_add_string(out, entity);
		else
			strbuf_add(out, text + i, octets);
		i += octets == 0 ? 1 : octets;
	}
}

void
html_count(struct strbuf *out, uint64_t count)
{
	if (count < 1000) {
		strbuf_printf(out, "%u", (unsigned)count);
		return;
	}
	html_count(out, count / 1000);
	strbuf_printf(out, ",%03u", (unsigned)(count % 1000));
}

/* ---- charts */

enum {
	CHART_WIDTH = 440, /* as narrow as a telephone, so that text stays legible there */
	LABEL_WIDTH = 100,
	COUNT_WIDTH = 70,
	BAR_HEIGHT = 22,
	BAR_STEP = 30,
};

static double
bar_width(uint64_t part, uint64_t whole)
{
	return whole == 0
	    ? 0
	    : (double)part * (CHART_WIDTH - LABEL_WIDTH - COUNT_WIDTH) / (double)whole;
}

static void
begin_chart(struct strbuf *out, const char *title, int bars)
{
	strbuf_printf(out, "<svg role=\"img\" viewBox=\"0 0 %d %d\"><title>%s</title>\n",
	    CHART_WIDTH, bars * BAR_STEP, title);
}

static void
label(struct strbuf *out, int bar, const char *text)
{
	strbuf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABEL_WIDTH - 8,
	    bar * BAR_STEP + BAR_HEIGHT - 6, text);
}

static void
bar_part(struct strbuf *out, int bar, double from, double width, const char *class, uint64_t count)
{
	strbuf_printf(out,
	    "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s: ",
	    class, LABEL_WIDTH + from, bar * BAR_STEP, width, BAR_HEIGHT, class);
	html_count(out, count);
	strbuf_add_string(out, "</title></rect>");
}

void
html_verdict_chart(struct strbuf *out, const struct tally *tally)
{
	begin_chart(out, "Domains by verdict", VERDICT_COUNT);
	for (int i = 0; i < VERDICT_COUNT; i++) {
		const char *word = verdict_text((enum verdict)i);
		double width = bar_width(tally->verdicts[i], tally->rows);

		label(out, i, word);
		bar_part(out, i, 0, width, word, tally->verdicts[i]);
		strbuf_printf(out, "<text x=\"%.1f\" y=\"%d\">", LABEL_WIDTH + width + 6,
		    i * BAR_STEP + BAR_HEIGHT - 6);
		html_count(out, tally->verdicts[i]);
		strbuf_add_string(out, "</text>\n");
	}
	strbuf_add_string(out, "</svg>\n");
}

static const enum outcome order[] = { OUTCOME_FAIL, OUTCOME_WARN, OUTCOME_INFO, OUTCOME_PASS,
	OUTCOME_NOT_TESTED, OUTCOME_NOT_APPLICABLE };

static void
add_legend(struct strbuf *out)
{
	strbuf_add_string(out, "<p class=\"legend\">");
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		strbuf_printf(out,
		    "<span><svg viewBox=\"0 0 9 9\"><rect class=\"%s\" width=\"9\" "
		    "height=\"9\"/></svg> %s</span>",
		    outcome_text(order[i]), outcome_text(order[i]));
	strbuf_add_string(out, "</p>\n");
}

void
html_point_chart(struct strbuf *out, const struct tally *tally)
{
	begin_chart(out, "The ten points", POINT_COUNT);
	for (int point = 0; point < POINT_COUNT; point++) {
		double at = 0;

		label(out, point, point_text((enum point)point));
		for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
			uint64_t count = tally->points[point][order[i]];
			double width = bar_width(count, tally->rows);

			if (count > 0)
				bar_part(out, point, at, width, outcome_text(order[i]), count);
			at += width;
		}
		strbuf_add_byte(out, '\n');
	}
	strbuf_add_string(out, "</svg>\n");
	add_legend(out);
}

/* ---- what stands in every page */

const char html_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'; "
    "script-src 'unsafe-inline'\">\n"
    "<title>Mail configuration</title>\n<style>\n"
    "body{font:15px/1.45 system-ui,'DejaVu Sans',sans-serif;margin:0 "
    "auto;max-width:1200px;padding:0 1.5rem 3rem;"
    "color:#1d2733;background:#fff}\n"
    "h1{font-size:1.7rem;margin:1.5rem 0 .2rem}h2{font-size:1.2rem;margin:2rem 0 .6rem}"
    "h3{font-size:1rem;margin:1.2rem 0 .2rem}h3+p{margin:0 0 .5rem}\n"
    ".when{color:#5a6773;margin:0 0 1rem}\n"
    ".tiles{display:flex;flex-wrap:wrap;gap:.8rem}\n"
    ".tile{flex:1 1 5rem;border-radius:.5rem;padding:.7rem 1rem;background:#f2f5f8}\n"
    ".tile b{display:block;font-size:1.6rem}\n"
    ".charts{display:flex;flex-wrap:wrap;gap:0 3rem}.charts>div{flex:1 1 18rem;max-width:540px}\n"
    "svg{width:100%;height:auto;font-size:13px}\n"
    ".legend{font-size:12px;margin:0}.legend span{margin-right:.8rem;white-space:nowrap}"
    ".legend svg{width:9px;height:9px}\n"
    "rect.pass{fill:#4caf50}rect.info{fill:#64b5f6}rect.warn{fill:#ffc107}rect.fail{fill:#e53935}"
    "rect.not_tested{fill:#9e9e9e}rect.not_applicable{fill:#e0e0e0}rect.invalid_input{fill:#607d8b}"
    "\n"
    "table{border-collapse:collapse;width:100%;font-size:13px}\n"
    "th{position:sticky;top:0;background:#1f4e78;color:#fff;text-align:left;padding:.35rem .5rem}\n"
    "td{border-bottom:1px solid #e3e8ee;padding:.3rem "
    ".5rem;vertical-align:top;overflow-wrap:anywhere}\n"
    "td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    "td.pass{background:#c6efce}td.info{background:#ddebf7}td.warn{background:#ffeb9c}td.fail{"
    "background:#ffc7ce}"
    "td.not_tested{background:#ededed}\n"
    "td.check{white-space:nowrap}\n"
    "th.sort{cursor:pointer}th.sort:after{content:' \\2195';opacity:.6}\n"
    "@media screen and (max-width:700px){body{padding:0 .8rem 2rem}"
    ".tile{padding:.4rem .6rem;font-size:12px}.tile b{font-size:1.2rem}"
    "table{display:block;overflow-x:auto}td{min-width:7rem}td.n{min-width:0}th{position:static}}\n"
    "@media "
    "print{body{max-width:none;font-size:10pt}th{position:static}h2,h3,h3+p{break-after:avoid}svg,."
    "tile{break-inside:avoid}th:after{content:''!important}tr{break-"
    "inside:avoid}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n"
    "</style>\n</head>\n<body>\n";

/* Without it the page is the same, but does not sort. */
const char html_script[] =
    "<script>\n"
    "for (const table of document.querySelectorAll('table.sortable')) {\n"
    "  table.querySelectorAll('th').forEach((head, column) => {\n"
    "    let up = false;\n"
    "    head.classList.add('sort');\n"
    "    head.addEventListener('click', () => {\n"
    "      const rows = [...table.tBodies[0].rows], text = row =>\n"
    "        row.cells[column].textContent.replace(/(\\d),(?=\\d{3})/g, '$1');\n"
    "      up = !up;\n"
    "      rows.sort((a, b) => text(a).localeCompare(text(b), 'en', {numeric: true}) * (up ? 1 : "
    "-1));\n"
    "      table.tBodies[0].append(...rows);\n"
    "    });\n"
    "  });\n"
    "}\n"
    "</script>\n";
