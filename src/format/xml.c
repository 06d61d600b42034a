/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/xml.h"

#include "base/buffer.h"

#include <expat.h>
#include <string.h>

/* An element that is not closed yet. */
struct level {
	struct xml *element;
	struct xml *last; /* of its elements */
	struct buffer text;
};

struct reader {
	struct arena *arena;
	XML_Parser parser;
	struct level levels[XML_DEPTH];
	int depth, elements;
	struct xml *root;
	const char *refused;
};

static void
refuse(struct reader *r, const char *why)
{
	if (!r->refused)
		r->refused = why;
	XML_StopParser(r->parser, XML_FALSE);
}

static void
begin_element(void *context, const char *name, const char **attributes)
{
	struct reader *r = context;
	struct level *above = r->depth ? &r->levels[r->depth - 1] : NULL;
	struct xml *e;

	(void)attributes;
	if (r->depth == XML_DEPTH) {
		refuse(r, "elements are nested too deeply");
		return;
	}
	if (++r->elements > XML_ELEMENTS) {
		refuse(r, "there are too many elements");
		return;
	}
	e = arena_alloc(r->arena, sizeof *e);
	*e = (struct xml){.name = arena_copy(r->arena, name), .text = ""};
	if (!above)
		r->root = e;
	else if (above->last)
		above->last->next = e;
	else
		above->element->first = e;
	if (above)
		above->last = e;
	r->levels[r->depth++] = (struct level){.element = e};
}

static void
end_element(void *context, const char *name)
{
	struct reader *r = context;
	struct level *l;

	(void)name;
	if (r->refused || r->depth == 0)
		return;
	l = &r->levels[--r->depth];
	if (l->text.len > 0)
		l->element->text = buffer_text(&l->text);
}

static void
take_text(void *context, const char *at, int n)
{
	struct reader *r = context;
	struct level *l = r->depth ? &r->levels[r->depth - 1] : NULL;

	if (!l || r->refused)
		return;
	if (!l->text.arena)
		l->text = buffer_in(r->arena, (size_t)n + 1);
	buffer_add(&l->text, at, (size_t)n);
}

static void
begin_doctype(void *context, const char *name, const char *system, const char *public,
	int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	refuse(context, "a document type is not taken");
}

static const char *
wrong(struct reader *r, const char *why)
{
	return arena_printf(r->arena, "line %lu: %s",
		(unsigned long)XML_GetCurrentLineNumber(r->parser), why);
}

const struct xml *
xml_read(struct arena *a, struct bytes in, const char **problem)
{
	struct reader r = {.arena = a};
	enum XML_Status status;

	*problem = NULL;
	if (in.len > XML_BYTES) {
		*problem = "the document is too long";
		return NULL;
	}
	r.parser = XML_ParserCreate(NULL);
	if (!r.parser) {
		*problem = "the reader cannot start";
		return NULL;
	}
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, begin_element, end_element);
	XML_SetCharacterDataHandler(r.parser, take_text);
	XML_SetStartDoctypeDeclHandler(r.parser, begin_doctype);
	status = XML_Parse(r.parser, (const char *)in.at, (int)in.len, XML_TRUE);
	if (r.refused)
		*problem = wrong(&r, r.refused);
	else if (status != XML_STATUS_OK)
		*problem = wrong(&r, XML_ErrorString(XML_GetErrorCode(r.parser)));
	XML_ParserFree(r.parser);
	return *problem ? NULL : r.root;
}

const struct xml *
xml_child(const struct xml *v, const char *name)
{
	const struct xml *e = v ? v->first : NULL;

	while (e && strcmp(e->name, name) != 0)
		e = e->next;
	return e;
}

const struct xml *
xml_again(const struct xml *v)
{
	const struct xml *e = v->next;

	while (e && strcmp(e->name, v->name) != 0)
		e = e->next;
	return e;
}

const char *
xml_words(struct arena *a, const struct xml *v, const char *name)
{
	const struct xml *e = xml_child(v, name);
	struct bytes text;

	if (!e)
		return "";
	text = bytes_trim(bytes_of(e->text));
	return arena_text(a, text.at, text.len);
}
