/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_HEAD_LETTER_H
#define DESK_HEAD_LETTER_H

/* The daily letter with the head of an organisation's audit: whoever has it can prove
 * later that the chain was cut or made anew (`portreeve check --audit-head FILE`, FILE
 * being the letter as it came). */

#include "store/work.h"

/* One line of a head: "TIME CODE SEQ HASH" with tabs between, without its end. */
const char *head_letter_line(
	struct work *w, const char *code, int64_t seq, const char *hash);

/* Sends what is due today, once over all nodes. */
void head_letter_send(struct work *w);

/* From now on to that address; "" ends it. DONE, INVALID (watch), DENIED without
 * RIGHT_AUDIT. */
enum outcome head_letter_to(struct work *w, const char *email) must_check;

#endif
