/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/json.h"
#include "format/jsonout.h"

#include <string.h>

static void
write_value(struct jsonout *j, const struct json *v)
{
	switch (v->kind) {
	case JSON_KIND_NULL: jsonout_null(j); break;
	case JSON_KIND_TRUTH: jsonout_truth(j, v->truth); break;
	case JSON_KIND_WHOLE: jsonout_whole(j, v->whole); break;
	case JSON_KIND_REAL: jsonout_real(j, v->real); break;
	case JSON_KIND_TEXT: jsonout_text(j, v->text); break;
	case JSON_KIND_LIST:
		jsonout_list(j);
		for (int i = 0; i < v->count; i++)
			write_value(j, &v->items[i]);
		jsonout_end(j);
		break;
	case JSON_KIND_RECORD:
		jsonout_record(j);
		for (int i = 0; i < v->count; i++) {
			jsonout_name(j, v->members[i].name);
			write_value(j, &v->members[i].value);
		}
		jsonout_end(j);
		break;
	}
}

static const char *
rewritten(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, 0);
	struct jsonout j = jsonout_to(&b);
	const char *problem;
	const struct json *v = json_read(a, in, &problem);

	fuzz_require(!v == !!problem);
	if (!v) {
		fuzz_require(bytes_are_text(bytes_of(problem)));
		return NULL;
	}
	write_value(&j, v);
	fuzz_require(bytes_are_text(buffer_bytes(&b)));
	return buffer_text(&b);
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = rewritten(a, in);

	if (!text)
		return;
	/* "-0.0" is written as "-0" and then read as the whole number 0. */
	text = rewritten(a, bytes_of(text));
	fuzz_require(text);
	fuzz_require(strcmp(rewritten(a, bytes_of(text)), text) == 0);
}
