/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_html.h"

#include "format/sanitise.h"
#include "format/words.h"

#include <string.h>

static const char *
html_in(const struct json *body)
{
	const char *html = json_words(json_get(body, "html"));

	return html && *html ? html : NULL;
}

bool
api_html_comes(const struct request *q)
{
	static const char name[] = "\"html\"";

	return memmem(q->body.at, q->body.len, name, sizeof name - 1) != NULL;
}

enum outcome
api_html_prepare(struct work *w, struct request *q, struct reply *r)
{
	const char *problem;
	const char *html = html_in(json_read(w->arena, q->body, &problem));
	struct sanitised *s = arena_alloc(w->arena, sizeof *s);

	(void)r;
	if (html && sanitise_in_cell(w->cell, w->arena, bytes_of(html), s))
		w->prepared = s;
	return DONE;
}

void
api_html_fill(struct work *w, const struct json *body, struct contact *c)
{
	const char *html = html_in(body);
	const struct sanitised *s = w->prepared;
	struct contact_file *original;
	bool readable;

	if (!html)
		return;
	original = arena_alloc(w->arena, sizeof *original);
	*original = (struct contact_file){
		.filename = "message.html",
		.type = "text/html",
		.data = bytes_of(html),
	};
	c->files = original;
	c->file_count = 1;
	/* A picture and nothing else has no text: the file is the message. */
	readable = s && s->text[strspn(s->text, " \n")];
	if (readable)
		c->html = s->html;
	if (!c->words || !*c->words)
		c->words = readable ? s->text
				    : words_text(w->arena, w->words, WORD_html_unreadable,
					      NULL);
}
