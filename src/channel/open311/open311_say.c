/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311_say.h"

#include "format/words.h"

#include <string.h>

static const struct {
	const char *status;
	enum word word;
} sentences[] = {
	{"open", WORD_open311_open},
	{"investigating", WORD_open311_investigating},
	{"fixed", WORD_open311_fixed},
	{"closed", WORD_open311_closed},
	{"cancelled", WORD_open311_cancelled},
	{"reopen", WORD_open311_reopen},
};

const char *
open311_say_status(struct work *w, const char *status)
{
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (strcmp(sentences[i].status, status) == 0)
			return words_text(w->arena, w->words, sentences[i].word, NULL);
	return words_text(w->arena, w->words, WORD_open311_update, NULL);
}

const char *
open311_say(struct work *w, int64_t org, const struct publication_update *u)
{
	if (w->caller && *u->body && access_may(w->actor, org, RIGHT_READ))
		return u->body;
	return open311_say_status(w, u->status);
}
