/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_LETTER_TEXT_H
#define FORMAT_LETTER_TEXT_H

/*
 * An e-mail as it goes over the wire (RFC 5322, 2045, 2047): headers in ASCII with
 * encoded words, the text as quoted-printable UTF-8, CRLF line ends.
 */

#include "base/buffer.h"

struct letter_text {
	const char *from_name, *from; /* from: an address */
	const char *to;
	const char *subject, *body;
	const char *message_id;	 /* without the angle brackets */
	const char *in_reply_to; /* likewise; "" or NULL: none */
	int64_t date;		 /* UTC seconds */
	bool automatic; /* Auto-Submitted: auto-generated (RFC 3834), so nobody answers */
};

/* False when an address or id cannot stand in a header (a blank, a control character, an
 * angle bracket, no '@'): nothing is written then. */
bool letter_text_write(struct buffer *b, const struct letter_text *l);

#endif
