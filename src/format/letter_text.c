/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/letter_text.h"

#include "base/times.h"

#include <string.h>

enum {
	LINE = 76,	 /* quoted-printable: characters of a line */
	WORD_BYTES = 42, /* of text in one encoded word: 75 characters in all */
};

static bool
fits_header(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c <= ' ' || *c >= 0x7F || *c == '<' || *c == '>')
			return false;
	return *text && strchr(text, '@');
}

static bool
is_plain(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c < ' ' || *c >= 0x7F)
			return false;
	return strlen(text) < LINE && !strstr(text, "=?");
}

static void
base64(struct buffer *b, const unsigned char *at, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned bits = (unsigned)at[i] << 16;

		if (i + 1 < n)
			bits |= (unsigned)at[i + 1] << 8;
		if (i + 2 < n)
			bits |= at[i + 2];
		buffer_char(b, digits[bits >> 18 & 63]);
		buffer_char(b, digits[bits >> 12 & 63]);
		buffer_char(b, i + 1 < n ? digits[bits >> 6 & 63] : '=');
		buffer_char(b, i + 2 < n ? digits[bits & 63] : '=');
	}
}

/* Encoded words, each of whole characters (RFC 2047 section 5), folded between. */
static void
encoded(struct buffer *b, const char *text)
{
	size_t left = strlen(text);
	bool first = true;

	while (left > 0) {
		size_t n = left < WORD_BYTES ? left : WORD_BYTES;

		while (n < left && ((unsigned char)text[n] & 0xC0) == 0x80)
			n--;
		buffer_text_add(b, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		base64(b, (const unsigned char *)text, n);
		buffer_literal(b, "?=");
		first = false;
		text += n;
		left -= n;
	}
}

static void
unstructured(struct buffer *b, const char *text)
{
	if (is_plain(text))
		buffer_text_add(b, text);
	else
		encoded(b, text);
}

static void
date(struct buffer *b, int64_t at)
{
	static const char *const days[] = {
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int64_t day = at / TIMES_DAY;
	int second = (int)(at % TIMES_DAY);
	struct date d = times_date(day);

	buffer_printf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
		days[times_weekday(day) - 1], d.day, months[d.month - 1], d.year,
		second / 3600, second / 60 % 60, second % 60);
}

static bool
stays(const char *c)
{
	unsigned char u = (unsigned char)*c;

	if (u == ' ' || u == '\t')
		return c[1] && c[1] != '\n' && c[1] != '\r';
	return u > ' ' && u < 0x7F && u != '=';
}

/* Quoted-printable (RFC 2045 section 6.7). A dot at the start of a line is written as
 * =2E, so no relay can take it for the end of the message. */
static void
quoted_printable(struct buffer *b, const char *text)
{
	int column = 0;

	for (const char *c = text; *c; c++) {
		if (*c == '\r' && c[1] == '\n')
			continue;
		if (*c == '\n') {
			buffer_literal(b, "\r\n");
			column = 0;
			continue;
		}
		if (column > LINE - 4) {
			buffer_literal(b, "=\r\n");
			column = 0;
		}
		if (stays(c) && !(*c == '.' && column == 0)) {
			buffer_char(b, *c);
			column++;
		} else {
			buffer_printf(b, "=%02X", (unsigned char)*c);
			column += 3;
		}
	}
	buffer_literal(b, "\r\n");
}

bool
letter_text_write(struct buffer *b, const struct letter_text *l)
{
	bool answers = l->in_reply_to && *l->in_reply_to;

	if (!fits_header(l->from) || !fits_header(l->to) || !fits_header(l->message_id) ||
		(answers && !fits_header(l->in_reply_to)))
		return false;
	date(b, l->date);
	buffer_literal(b, "From: ");
	if (l->from_name && *l->from_name) {
		encoded(b, l->from_name);
		buffer_char(b, ' ');
	}
	buffer_printf(b, "<%s>\r\nTo: <%s>\r\nMessage-ID: <%s>\r\n", l->from, l->to,
		l->message_id);
	if (answers)
		buffer_printf(b, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n",
			l->in_reply_to, l->in_reply_to);
	buffer_literal(b, "Subject: ");
	unstructured(b, l->subject);
	buffer_literal(b, "\r\n");
	if (l->automatic)
		buffer_literal(b, "Auto-Submitted: auto-generated\r\n"
				  "X-Auto-Response-Suppress: All\r\n");
	buffer_literal(b, "MIME-Version: 1.0\r\n"
			  "Content-Type: text/plain; charset=utf-8\r\n"
			  "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	quoted_printable(b, l->body);
	return true;
}
