/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/sentfiles.h"

#include "rule/filetype.h"
#include "rule/typed.h"

#include <string.h>
#include <unistd.h>

enum { LONGEST_NAME = 100 };

/* The last part of a path of any system, in one line, not too long; the ending stays. */
static const char *
plain_name(struct arena *a, const char *said)
{
	const char *name = said;
	size_t n;

	for (const char *c = said; *c; c++)
		if (*c == '/' || *c == '\\')
			name = c + 1;
	name = typed_line(a, name);
	n = strlen(name);
	if (n > LONGEST_NAME) {
		name += n - LONGEST_NAME;
		while (((unsigned char)*name & 0xC0) == 0x80)
			name++;
	}
	return *name ? name : "file";
}

/* The whole of an upload; fewer bytes when it cannot be read. */
static struct bytes
content(struct arena *a, const struct upload *u)
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

static struct sentfile
judge(struct arena *a, const struct upload *u, int64_t *all)
{
	struct sentfile s = {
		.field = u->field,
		.file.filename = plain_name(a, u->filename),
	};

	if (u->size == 0) {
		s.problem = "problem.file.empty";
	} else if (u->size > SENTFILES_ONE) {
		s.problem = "problem.file.large";
	} else if (*all + u->size > SENTFILES_ALL) {
		s.problem = "problem.file.total";
	} else {
		struct bytes data = content(a, u);

		*all += u->size;
		s.file.type = data.len == (size_t)u->size ? filetype_of(data) : NULL;
		s.problem = s.file.type ? NULL : "problem.file.type";
		s.file.data = s.file.type ? data : (struct bytes){NULL, 0};
	}
	return s;
}

struct sentfiles
sentfiles_read(struct work *w, const struct request *q)
{
	struct sentfiles all = {
		.at = arena_array(w->arena, (size_t)q->upload_count, sizeof *all.at),
	};
	int64_t bytes = 0;

	for (int i = 0; i < q->upload_count; i++)
		if (*q->uploads[i].filename || q->uploads[i].size)
			all.at[all.count++] = judge(w->arena, &q->uploads[i], &bytes);
	return all;
}
