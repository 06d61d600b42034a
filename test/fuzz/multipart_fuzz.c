/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "base/buffer.h"
#include "format/multipart.h"

#include <string.h>

static bool
note_begin(void *context, const struct multipart_part *part)
{
	fuzz_require(bytes_are_text(bytes_of(part->name)));
	fuzz_require(!part->filename || bytes_are_text(bytes_of(part->filename)));
	buffer_printf(context, "<%s|%s|%s>", part->name,
		part->filename ? part->filename : "", part->type);
	return true;
}

static bool
note_data(void *context, struct bytes piece)
{
	fuzz_require(piece.len > 0);
	buffer_add(context, piece.at, piece.len);
	return true;
}

static bool
note_end(void *context)
{
	buffer_literal((struct buffer *)context, "</>");
	return true;
}

static struct buffer
transcript(struct arena *a, struct bytes type, struct bytes body, unsigned dice)
{
	struct buffer out = buffer_in(a, 0);
	struct multipart_sink sink = {&out, note_begin, note_data, note_end};
	struct multipart *m = multipart_new(a, type, &sink);

	if (!m)
		return out;
	if (dice == 0)
		multipart_feed(m, body);
	while (dice != 0 && body.len > 0)
		multipart_feed(m, fuzz_chunk(a, &body, &dice));
	fuzz_require(multipart_finish(m) == !multipart_problem(m));
	buffer_text_add(&out, multipart_problem(m));
	return out;
}

/* The first line of the input is the Content-Type, or "x" stands for a usual one. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	unsigned dice = (unsigned)fuzz_take(&in, 255);
	struct bytes type = bytes_cut(&in, '\n');
	struct buffer whole, chunks;

	if (bytes_equal(type, bytes_of("x")))
		type = bytes_of("multipart/form-data; boundary=X");
	whole = transcript(a, type, in, 0);
	chunks = transcript(a, type, in, dice + 1);
	fuzz_require(bytes_equal(buffer_bytes(&whole), buffer_bytes(&chunks)));
}
