/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/address.h"

#include "base/buffer.h"
#include "rule/postcode.h"
#include "rule/typed.h"

#include <string.h>

struct lines {
	const char *at[ADDRESS_LINES];
	int count;
	bool long_line; /* one was too long, or one too many came */
};

static void
add_line(struct arena *a, struct lines *lines, struct bytes raw)
{
	const char *line = typed_line(a, arena_text(a, raw.at, raw.len));

	if (!*line)
		return;
	if (lines->count == ADDRESS_LINES || typed_length(line) > ADDRESS_LINE) {
		lines->long_line = true;
		return;
	}
	lines->at[lines->count++] = line;
}

static void
add_lines(struct arena *a, struct lines *lines, const char *text)
{
	struct bytes rest = bytes_of(typed_lines(a, text));

	while (rest.len > 0)
		add_line(a, lines, bytes_cut(&rest, '\n'));
}

/* Where the last word begins, looking back from `end`; words end at blanks and commas. */
static size_t
last_word(const char *line, size_t end)
{
	while (end > 0 && strchr(" ,", line[end - 1]))
		end--;
	while (end > 0 && !strchr(" ,", line[end - 1]))
		end--;
	return end;
}

/* Takes a postcode off the end of the last line. NULL when there is none. */
static const char *
take_postcode(struct arena *a, struct lines *lines)
{
	const char *line = lines->at[lines->count - 1];
	size_t one = last_word(line, strlen(line));
	size_t two = last_word(line, one);
	size_t begin = two;
	const char *postcode = postcode_read(a, line + two);

	if (!postcode) {
		begin = one;
		postcode = postcode_read(a, line + one);
	}
	if (!postcode)
		return NULL;
	while (begin > 0 && strchr(" ,", line[begin - 1]))
		begin--;
	if (begin > 0)
		lines->at[lines->count - 1] = arena_text(a, line, begin);
	else
		lines->count--;
	return postcode;
}

enum address_reading
address_read(struct arena *a, const char *const *given, int count, struct address *out)
{
	struct buffer text = buffer_in(a, 0);
	struct lines lines = {.count = 0};

	*out = (struct address){.text = ""};
	for (int i = 0; i < count; i++)
		add_lines(a, &lines, given[i]);
	if (lines.long_line)
		return ADDRESS_LONG;
	if (lines.count == 0)
		return ADDRESS_EMPTY;
	out->postcode = take_postcode(a, &lines);
	if (lines.count == 0)
		return ADDRESS_ONLY_POSTCODE;
	/* A postcode that stood behind other words has become a line. */
	if (lines.count + (out->postcode != NULL) > ADDRESS_LINES)
		return ADDRESS_LONG;

	for (int i = 0; i < lines.count; i++)
		buffer_printf(&text, "%s%s", i ? "\n" : "", lines.at[i]);
	if (out->postcode)
		buffer_printf(&text, "\n%s", out->postcode);
	out->text = buffer_text(&text);
	return ADDRESS_READ;
}
