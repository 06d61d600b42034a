/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/received_files.h"

#include "rule/filename.h"
#include "rule/filetype.h"
#include "store/attachment.h"

#include <string.h>

static enum outcome
read_one(struct work *w, const struct upload *u, struct contact_file *f)
{
	if (u->size == 0)
		return work_problem(w, u->field, "problem.file.empty");
	if (u->size > ATTACHMENT_LARGEST)
		return work_problem(w, u->field, "problem.file.large");
	f->data = request_upload_bytes(w->arena, u);
	f->filename = filename_plain(w->arena, u->filename);
	f->type = filetype_of(f->data);
	if (f->data.len != (size_t)u->size || !f->type)
		return work_problem(w, u->field, "problem.file.type");
	return DONE;
}

enum outcome
received_files_read(struct work *w, const struct request *q, struct received_files *files)
{
	enum outcome end = DONE;

	*files = (struct received_files){
		.at = arena_array(w->arena, (size_t)q->upload_count, sizeof *files->at),
	};
	for (int i = 0; i < q->upload_count; i++) {
		struct contact_file f = {.internal = false};

		if (read_one(w, &q->uploads[i], &f) == DONE)
			files->at[files->count++] = f;
		else
			end = INVALID;
	}
	return end;
}
