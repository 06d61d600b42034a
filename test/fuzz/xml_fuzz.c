/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/xml.h"
#include "format/xmlout.h"

#include <string.h>

static bool
may_be_written(const char *name)
{
	return name[strcspn(name, "<>&/ \t\r\n")] == 0;
}

/* Elements as deep as the writer goes. */
static void
write_element(struct xmlout *x, const struct xml *v, int depth)
{
	fuzz_require(bytes_are_text(bytes_of(v->name)) && *v->name);
	fuzz_require(bytes_are_text(bytes_of(v->text)));
	if (depth >= XMLOUT_DEPTH || !may_be_written(v->name))
		return;
	if (!v->first) {
		xmlout_text(x, v->name, v->text);
		return;
	}
	xmlout_begin(x, v->name);
	for (const struct xml *e = v->first; e; e = e->next)
		write_element(x, e, depth + 1);
	xmlout_end(x);
}

static const char *
rewritten(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, 0);
	struct xmlout x = xmlout_to(&b);
	const char *problem;
	const struct xml *v = xml_read(a, in, &problem);

	fuzz_require(!v == !!problem);
	if (!v)
		return NULL;
	write_element(&x, v, 0);
	return buffer_text(&b);
}

/* What was read can be written, and reads back as the same. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = rewritten(a, in);
	const char *again;

	if (!text)
		return;
	again = rewritten(a, bytes_of(text));
	fuzz_require(again && strcmp(again, text) == 0);
}
