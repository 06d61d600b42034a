/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/received_files.h"

#include "rule/filetype.h"
#include "rule/typed.h"
#include "store/attachment.h"

#include <string.h>
#include <unistd.h>

enum { LONGEST_NAME = 100 };

const char *
received_files_name(struct arena *a, const char *said)
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

static enum outcome
read_one(struct work *w, const struct upload *u, struct contact_file *f)
{
	if (u->size == 0)
		return work_problem(w, u->field, "problem.file.empty");
	if (u->size > ATTACHMENT_LARGEST)
		return work_problem(w, u->field, "problem.file.large");
	f->data = content(w->arena, u);
	f->filename = received_files_name(w->arena, u->filename);
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
		struct contact_file f;

		if (read_one(w, &q->uploads[i], &f) == DONE)
			files->at[files->count++] = f;
		else
			end = INVALID;
	}
	return end;
}
