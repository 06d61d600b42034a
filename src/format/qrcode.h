/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_QRCODE_H
#define FORMAT_QRCODE_H

#include "format/html.h"

/* A text as a QR code (ISO/IEC 18004, level M), drawn as inline SVG that needs neither
 * script nor style: dark on light with its quiet zone, whatever colours the page has.
 * `label` is its accessible name. An empty picture when the text is too long. */
struct safe_html qrcode_svg(struct arena *a, const char *text, const char *label);

#endif
