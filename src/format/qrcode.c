/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/qrcode.h"

#include <qrencode.h>

enum { QUIET = 4, DOT = 5 };

/* One path: a run of dark squares of a row is one rectangle. */
static void
draw(struct buffer *b, const QRcode *q)
{
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width;) {
			int run = 0;

			while (x + run < q->width &&
				(q->data[y * q->width + x + run] & 1))
				run++;
			if (run)
				buffer_printf(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET,
					run, run);
			x += run ? run : 1;
		}
}

struct safe_html
qrcode_svg(struct arena *a, const char *text, const char *label)
{
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buffer b = buffer_in(a, 8192);
	int size;

	if (!q)
		return html_sanitised("");
	size = q->width + 2 * QUIET;
	buffer_printf(&b,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
		" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		size * DOT, size * DOT, size, size);
	html_text(&b, label);
	buffer_text_add(&b, "\"><path fill=\"#fff\" d=\"M0 0h");
	buffer_printf(&b, "%dv%dH0z\"/><path fill=\"#000\" d=\"", size, size);
	draw(&b, q);
	buffer_text_add(&b, "\"/></svg>");
	QRcode_free(q);
	return html_sanitised(buffer_text(&b));
}
