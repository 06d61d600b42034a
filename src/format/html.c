/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/html.h"
#include "weaken.h"

#include <string.h>
#include <strings.h>

struct safe_html
html_sanitised(const char *html)
{
	return (struct safe_html){html};
}

/* Most texts have nothing to escape: a table finds that out quickly. */
static const char *const escapes[256] = {
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&#34;",
	['\''] = "&#39;",
};

void
html_bytes(struct buffer *out, const char *at, size_t n)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		const char *escape = escapes[(unsigned char)at[i]];

#ifdef WEAKEN_ESCAPING
		escape = NULL;
#endif
		if (escape) {
			buffer_add(out, at + start, i - start);
			buffer_text_add(out, escape);
			start = i + 1;
		}
	}
	buffer_add(out, at + start, n - start);
}

void
html_text(struct buffer *out, const char *text)
{
	if (text)
		html_bytes(out, text, strlen(text));
}

/* Browsers drop tabs and newlines and trim blanks before they look for a scheme, and
 * take '\' for '/': an address with any of them is not understood here. */
bool
html_url_allowed(const char *url)
{
	static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:"};
	size_t scheme = strcspn(url, ":/?#");

	for (const char *p = url; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == '\\' || *p == 0x7F)
			return false;
	if (url[0] == '/')
		return url[1] != '/';
	if (url[scheme] != ':')
		return true;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

void
html_url(struct buffer *out, const char *url)
{
	if (!url)
		return;
	if (html_url_allowed(url))
		html_text(out, url);
	else
		buffer_char(out, '#');
}

static void
percent_encode(struct buffer *out, const char *text, const char *left_alone)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; text && *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || strchr(left_alone, c)) {
			buffer_char(out, (char)c);
		} else {
			char hex[3] = {'%', digits[c >> 4], digits[c & 15]};

			buffer_add(out, hex, sizeof hex);
		}
	}
}

void
html_url_part(struct buffer *out, const char *text)
{
	percent_encode(out, text, "-._~");
}

void
html_url_segment(struct buffer *out, const char *text)
{
	if (!text || !*text || strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
		text = "-";
	percent_encode(out, text, "-._~");
}

void
html_url_address(struct buffer *out, const char *text)
{
	percent_encode(out, text, "-._~@+");
}
