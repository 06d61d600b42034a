/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/sentfiles.h"

#include "rule/filename.h"
#include "rule/filetype.h"

#include <string.h>

static struct sentfile
judge(struct arena *a, const struct upload *u, int64_t *all)
{
	struct sentfile s = {
		.field = u->field,
		.file.filename = filename_plain(a, u->filename),
	};

	if (u->size == 0) {
		s.problem = "problem.file.empty";
	} else if (u->size > SENTFILES_ONE) {
		s.problem = "problem.file.large";
	} else if (*all + u->size > SENTFILES_ALL) {
		s.problem = "problem.file.total";
	} else {
		struct bytes data = request_upload_bytes(a, u);

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
