/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/collect.h"

#include "base/log.h"
#include "format/parameter.h"
#include "format/urlencoded.h"
#include "http/fields.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FIRST_ROOM = 2048, /* grows with what comes, not with what was announced */
	FIELD_ROOM = 64,
	PART_HEADS = 64 * 1024, /* what a form of files may weigh besides its data */
};

static bool
refuse(struct collect *c, int status)
{
	if (c->status == 0)
		c->status = status;
	return false;
}

/* An unlinked file. Some file systems have no O_TMPFILE. */
static int
open_spool(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char name[256];

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	if (snprintf(name, sizeof name, "%s/portreeve-XXXXXX", folder) >=
		(int)sizeof name)
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

static bool
begin_upload(struct collect *c, const struct multipart_part *part)
{
	struct request *q = c->request;

	if (c->rule.upload == 0 || q->upload_count >= c->rule.files)
		return refuse(c, 413);
	c->upload.fd = open_spool(c->spool);
	if (c->upload.fd < 0) {
		log_error("no temporary file in %s: %s", c->spool, strerror(errno));
		return refuse(c, 503);
	}
	c->upload.field = part->name;
	c->upload.filename = part->filename;
	c->upload.type = part->type;
	c->upload.size = 0;
	return true;
}

static bool
begin_part(void *context, const struct multipart_part *part)
{
	struct collect *c = context;

	c->name = part->name;
	/* A file field in which nothing was chosen has an empty name and no data. */
	if (part->filename && *part->filename)
		return begin_upload(c, part);
	c->name = part->filename ? NULL : part->name;
	c->raw = buffer_in(c->request->arena, FIELD_ROOM);
	return true;
}

static bool
write_upload(struct collect *c, struct bytes piece)
{
	if ((int64_t)piece.len > c->rule.upload - c->upload.size)
		return refuse(c, 413);
	c->upload.size += (int64_t)piece.len;
	while (piece.len > 0) {
		ssize_t n = write(c->upload.fd, piece.at, piece.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log_error("an upload cannot be kept: %s", strerror(errno));
			return refuse(c, 503);
		}
		piece.at += n;
		piece.len -= (size_t)n;
	}
	return true;
}

static bool
take_part(void *context, struct bytes piece)
{
	struct collect *c = context;

	if (c->upload.fd >= 0)
		return write_upload(c, piece);
	if (!c->name)
		return refuse(c, 400);
	if ((int64_t)piece.len > c->rule.form - c->text)
		return refuse(c, 413);
	c->text += (int64_t)piece.len;
	buffer_add(&c->raw, piece.at, piece.len);
	return true;
}

static void
keep_upload(struct collect *c)
{
	struct request *q = c->request;

	if (!q->uploads)
		q->uploads = arena_array(
			q->arena, (size_t)c->rule.files, sizeof *q->uploads);
	lseek(c->upload.fd, 0, SEEK_SET);
	q->uploads[q->upload_count++] = c->upload;
	c->upload = (struct upload){.fd = -1};
}

static bool
end_part(void *context)
{
	struct collect *c = context;

	if (c->upload.fd >= 0) {
		keep_upload(c);
	} else if (c->name) {
		if (!bytes_are_text(buffer_bytes(&c->raw)))
			return refuse(c, 400);
		fields_add(c->request->arena, &c->request->form, c->name,
			buffer_text(&c->raw));
	}
	return true;
}

static enum collect_kind
kind_of(struct bytes type)
{
	struct bytes kind = parameter_main(type);

	if (bytes_equal_nocase(kind, bytes_of("application/x-www-form-urlencoded")))
		return COLLECT_FORM;
	if (bytes_equal_nocase(kind, bytes_of("multipart/form-data")))
		return COLLECT_MULTIPART;
	return COLLECT_RAW;
}

/* The most bytes of a whole body under the rule. */
static int64_t
most_of(const struct collect *c)
{
	if (c->kind != COLLECT_MULTIPART)
		return c->rule.form;
	return c->rule.form + c->rule.upload * c->rule.files + PART_HEADS;
}

static int
begin_kind(struct collect *c, struct bytes type, int64_t length)
{
	struct multipart_sink sink = {c, begin_part, take_part, end_part};
	struct arena *a = c->request->arena;

	if (length > most_of(c))
		return 413;
	if (c->kind != COLLECT_MULTIPART)
		c->raw = buffer_in(a,
			length > 0 && length < FIRST_ROOM ? (size_t)length : FIRST_ROOM);
	else if (!(c->multipart = multipart_new(a, type, &sink)))
		return 400;
	return 0;
}

int
collect_begin(struct collect *c, struct request *q, struct body_rule rule, int64_t length)
{
	struct bytes type = bytes_of(fields_get(&q->headers, "Content-Type"));
	const char *spool = c->spool;

	*c = (struct collect){
		.request = q, .rule = rule, .spool = spool, .upload = {.fd = -1}};
	if (length == 0 || rule.form < 0)
		return 0;
	c->kind = kind_of(type);
	c->status = begin_kind(c, type, length);
	return c->status;
}

bool
collect_feed(struct collect *c, struct bytes piece)
{
	c->received += (int64_t)piece.len;
	if (c->status || c->kind == COLLECT_NOTHING)
		return c->received <= COLLECT_DRAIN;
	if (c->received > most_of(c))
		refuse(c, 413);
	else if (c->kind != COLLECT_MULTIPART)
		buffer_add(&c->raw, piece.at, piece.len);
	else if (!multipart_feed(c->multipart, piece))
		refuse(c, 400);
	return true;
}

int
collect_end(struct collect *c)
{
	struct request *q = c->request;

	if (c->status)
		return c->status;
	switch (c->kind) {
	case COLLECT_NOTHING: break;
	case COLLECT_RAW: q->body = buffer_bytes(&c->raw); break;
	case COLLECT_FORM:
		if (!urlencoded_parse(q->arena, buffer_bytes(&c->raw), &q->form))
			refuse(c, 400);
		break;
	case COLLECT_MULTIPART:
		if (!multipart_finish(c->multipart))
			refuse(c, 400);
		break;
	}
	return c->status;
}

void
collect_close(struct collect *c)
{
	if (!c->request)
		return;
	if (c->upload.fd >= 0)
		close(c->upload.fd);
	for (int i = 0; i < c->request->upload_count; i++)
		close(c->request->uploads[i].fd);
	c->request = NULL;
}
