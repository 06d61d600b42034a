/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SAY_H
#define WEB_SAY_H

#include "format/words.h"
#include "store/work.h"

/* A word without values, in the language of the work. */
static inline const char *
say(struct work *w, enum word word)
{
	return words_text(w->arena, w->words, word, NULL);
}

#endif
