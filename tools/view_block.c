/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* {if}, {for} and what closes them. */
#include "view_code.h"

#include <string.h>

static struct view_block *
begin_block(struct view *v, bool loop)
{
	struct view_block *b = &v->blocks[v->block_count];

	if (v->block_count == VIEW_BLOCKS) {
		view_wrong(v, "blocks nested too deep");
		return NULL;
	}
	view_check_prefix(v);
	*b = (struct view_block){.loop = loop, .line = v->line, .start = v->place};
	v->block_count++;
	return b;
}

/* Both ways through a block must lead to the same place. */
static void
join(struct view *v, struct view_block *b)
{
	struct view_place *p = &v->place;

	if (p->state == STATE_TAG && b->start.state == STATE_TAG &&
		p->tag == b->start.tag) /* attributes may come and go */
		p->attribute = b->start.attribute;
	view_check_prefix(v);
	if (p->state != b->start.state || p->depth != b->start.depth ||
		((p->state == STATE_TAG || p->state == STATE_VALUE) &&
			(p->tag != b->start.tag || p->attribute != b->start.attribute)))
		view_wrong(v,
			"the block that began in line %d does not end where it began",
			b->line);
	if (b->ended) {
		p->spaced = p->spaced && b->end.spaced;
		if (p->url != b->end.url)
			p->url = URL_MIXED;
	}
	b->end = *p;
	b->ended = true;
}

static struct view_block *
innermost(struct view *v)
{
	if (v->block_count == 0) {
		view_wrong(v, "no block is open here");
		return NULL;
	}
	return &v->blocks[v->block_count - 1];
}

void
view_if(struct view *v, const struct construct *c)
{
	const char *condition = view_condition(v, c->at + 1, c->count - 1);

	if (condition && begin_block(v, false))
		view_code(v, "\tif (%s) {", condition);
}

void
view_else(struct view *v, const struct construct *c)
{
	struct view_block *b = innermost(v);
	const char *condition = NULL;

	if (!b)
		return;
	if (b->other) {
		view_wrong(v, "something behind {else} of line %d", b->line);
		return;
	}
	if (c->count > 1 && !b->loop && strcmp(c->at[1], "if") == 0)
		condition = view_condition(v, c->at + 2, c->count - 2);
	else if (c->count > 1)
		view_wrong(v, "{else} or {else if ...} is wanted");
	join(v, b);
	if (b->loop)
		view_code(v, "\t} if (%s.count == 0) {", b->slice);
	else if (condition)
		view_code(v, "\t} else if (%s) {", condition);
	else
		view_code(v, "\t} else {");
	b->other = !condition;
	v->place = b->start;
}

void
view_end(struct view *v, bool loop)
{
	struct view_block *b = innermost(v);

	if (!b)
		return;
	if (b->loop != loop) {
		view_wrong(v, "the innermost open block is the {%s} of line %d",
			b->loop ? "for" : "if", b->line);
		return;
	}
	join(v, b);
	if (!b->other) { /* the way on which nothing is printed */
		struct view_place none = b->start;

		none.attribute = v->place.attribute;
		v->place.spaced = v->place.spaced && none.spaced;
		if (v->place.url != none.url)
			v->place.url = URL_MIXED;
	}
	view_code(v, "\t}");
	v->block_count--;
}

/* {for row in p.rows} */
void
view_for(struct view *v, const struct construct *c)
{
	static const char *const taken[] = {
		"p", "out", "words", "in", "not", "first", "last"};
	const char *slice;
	struct view_block *b;

	if (c->count != 4 || strcmp(c->at[2], "in") != 0 || !view_is_name(c->at[1])) {
		view_wrong(v, "a loop is {for row in p.rows}");
		return;
	}
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(c->at[1], taken[i]) == 0)
			view_wrong(v, "%s: no name for a row", c->at[1]);
	if (view_find_loop(v, c->at[1], strlen(c->at[1])))
		view_wrong(v, "%s: already the row of a loop around this one", c->at[1]);
	slice = view_path(v, c->at[3]);
	b = slice ? begin_block(v, true) : NULL;
	if (!b)
		return;
	b->name = c->at[1];
	b->slice = slice;
	view_code(v,
		"\tfor (int64_t i_%d = 0; i_%d < (int64_t)%s.count; i_%d++) {"
		" __typeof__(&%s.at[0]) %s = &%s.at[i_%d]; (void)%s;",
		v->block_count - 1, v->block_count - 1, slice, v->block_count - 1, slice,
		b->name, slice, v->block_count - 1, b->name);
}
