/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_MESSAGE_H
#define TOOLS_MESSAGE_H

/* One form of a message, cut into the pieces of format/word_pieces.h. */

#include "base/arena.h"
#include "format/word_pieces.h"

enum { MESSAGE_PIECES = 64, MESSAGE_DEPTH = 8 };

struct message {
	struct word_piece at[MESSAGE_PIECES];
	int count;
	const char *wrong; /* what is wrong with it, or NULL */
};

struct message message_parse(struct arena *a, const char *text);

#endif
