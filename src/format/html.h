/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_HTML_H
#define FORMAT_HTML_H

/*
 * Text into HTML (WHATWG HTML, "Serialising"; RFC 3986 for addresses). Views call
 * these for what they print; nothing else needs to escape anything by hand.
 */

#include "base/buffer.h"

/* HTML that may be printed as it is: text or attributes that came from a user have
 * gone through the sanitiser. Made by html_sanitised and in tests, nowhere else. */
struct safe_html {
	const char *html;
};

/* The door for the sanitiser and for renderers that write markup of their own (SVG
 * charts, Markdown): the caller vouches for it. Lint counts the callers. */
struct safe_html html_sanitised(const char *html);

/* The text with & < > " ' escaped: right in text, in quoted attributes, in <title> and
 * <textarea>. NULL adds nothing. */
void html_text(struct buffer *out, const char *text);
void html_bytes(struct buffer *out, const char *at, size_t n);

/* A whole address: http, https, mailto, tel, or local ("/x", "?x", "#x", "x/y").
 * Anything else, such as javascript: or //host, becomes "#". */
void html_url(struct buffer *out, const char *url);

/* A value of a query, or a fragment: all but the unreserved characters of RFC 3986 are
 * percent-encoded. NULL adds nothing. */
void html_url_part(struct buffer *out, const char *text);

/* The same for a segment of a path. Nothing, "." and ".." would change which path it
 * is, and become "-". */
void html_url_segment(struct buffer *out, const char *text);

/* The same behind mailto: and tel:, with '@' and '+' left as they are. */
void html_url_address(struct buffer *out, const char *text);

/* True when html_url would print the address and not "#". */
bool html_url_allowed(const char *url);

#endif
