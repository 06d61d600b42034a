/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/request.h"

#include "http/fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The text without blanks at its ends; copied only when the end has some. */
static const char *
trimmed(struct arena *a, const char *text)
{
	struct bytes whole = bytes_of(text);
	struct bytes inner = bytes_trim(whole);

	if (inner.len == 0)
		return "";
	if (inner.at + inner.len == whole.at + whole.len)
		return (const char *)inner.at;
	return arena_text(a, inner.at, inner.len);
}

static const char *
text_of(const struct request *q, const struct pairs *pairs, const char *name)
{
	const char *value = pairs_get(pairs, name);

	return value ? trimmed(q->arena, value) : "";
}

const char *
form_text(const struct request *q, const char *name)
{
	return text_of(q, &q->form, name);
}

const char *
query_text(const struct request *q, const char *name)
{
	return text_of(q, &q->query, name);
}

const char *
path_part(const struct request *q, const char *name)
{
	const char *value = pairs_get(&q->parts, name);

	return value ? value : "";
}

int64_t
form_int(const struct request *q, const char *name)
{
	return strtoll(form_text(q, name), NULL, 10);
}

int64_t
path_int(const struct request *q, const char *name)
{
	return strtoll(path_part(q, name), NULL, 10);
}

const char *
request_header(const struct request *q, const char *name)
{
	return fields_get(&q->headers, name);
}

const char *
request_cookie(const struct request *q, const char *name)
{
	return pairs_get(&q->cookies, name);
}

const struct upload *
request_upload(const struct request *q, const char *field)
{
	for (int i = 0; i < q->upload_count; i++)
		if (strcmp(q->uploads[i].field, field) == 0)
			return &q->uploads[i];
	return NULL;
}

bool
request_holds(const struct request *q, const char *tag)
{
	const char *held = request_header(q, "If-None-Match");

	return held && fields_match_tag(held, tag);
}

int64_t
query_int(const struct request *q, const char *name, int64_t least, int64_t most,
	int64_t otherwise)
{
	const char *text = query_text(q, name);
	const char *digits = *text == '-' ? text + 1 : text;
	int64_t n;

	if (*digits < '0' || *digits > '9' || digits[strspn(digits, "0123456789")])
		return otherwise;
	errno = 0;
	n = strtoll(text, NULL, 10);
	return errno == 0 && n >= least && n <= most ? n : otherwise;
}

struct bytes
request_upload_bytes(struct arena *a, const struct upload *u)
{
	unsigned char *at = arena_alloc(a, (size_t)u->size);
	size_t n = 0;

	while (n < (size_t)u->size) {
		ssize_t got = pread(u->fd, at + n, (size_t)u->size - n, (off_t)n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return (struct bytes){at, n};
}
