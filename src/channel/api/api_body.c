/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_body.h"

#include "base/buffer.h"
#include "base/times.h"

#include <stdlib.h>
#include <string.h>

const char *
api_body_text(const struct json *body, const char *name)
{
	const char *text = json_words(json_get(body, name));

	return text ? text : "";
}

static int64_t
id_of(const char *text)
{
	char *end;
	long long id = strtoll(text, &end, 10);

	return *text && !*end && id > 0 ? id : 0;
}

int64_t
api_body_id(const struct json *body, const char *name)
{
	return id_of(api_body_text(body, name));
}

int64_t
api_body_whole(const struct json *body, const char *name)
{
	const struct json *v = json_get(body, name);
	int64_t n = 0;

	if (json_none(v))
		return 0;
	return json_number(v, &n) ? n : -1;
}

bool
api_body_truth(const struct json *body, const char *name, bool otherwise)
{
	const struct json *v = json_get(body, name);

	return v && v->kind == JSON_KIND_TRUTH ? v->truth : otherwise;
}

bool
api_body_instant(const struct json *body, const char *name, int64_t *at)
{
	const struct json *v = json_get(body, name);
	const char *text = json_words(v);

	*at = 0;
	if (json_none(v))
		return true;
	return text && times_parse_iso(bytes_of(text), at);
}

const char *
api_body_words(struct arena *a, const struct json *body, const char *name)
{
	const struct json *list = json_get(body, name);
	struct buffer b = buffer_in(a, 64);

	if (json_none(list))
		return "";
	if (list->kind != JSON_KIND_LIST)
		return NULL;
	for (int i = 0; i < list->count; i++) {
		const char *word = json_words(&list->items[i]);

		if (!word || !*word || strchr(word, ' '))
			return NULL;
		buffer_printf(&b, "%s%s", i ? " " : "", word);
	}
	return buffer_text(&b);
}

int64_t
api_body_part(const struct request *q, const char *part)
{
	return id_of(path_part(q, part));
}
