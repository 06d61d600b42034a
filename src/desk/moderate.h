/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_MODERATE_H
#define DESK_MODERATE_H

/* What everybody may read of a published ticket: staff decide which words and which
 * photographs, or that nothing is shown. The original stays as it is; who changed what
 * stands in the audit. */

#include "store/ticket.h"

struct moderation {
	bool hidden;
	const char *words;     /* NULL: as they are */
	const int64_t *photos; /* attachments that are shown, no others; NULL: as it is */
	int photo_count;
};

/* Of a ticket read through the actor's scope. DONE; INVALID (words: longer than 4,000
 * characters, photos: not a picture of this ticket that could be shown); DENIED without
 * RIGHT_REPLY over it; MISSING when it was never published. */
enum outcome moderate(
	struct work *w, const struct ticket *t, const struct moderation *m) must_check;

#endif
