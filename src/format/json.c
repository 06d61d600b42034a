/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/json.h"

#include <jansson.h>
#include <string.h>

static const char *
placed(struct arena *a, int line, int column, const char *what)
{
	return arena_printf(a, "line %d, column %d: %s", line, column, what);
}

/* The same for a place given as an offset. */
static const char *
placed_at(struct arena *a, struct bytes in, size_t offset, const char *what)
{
	int line = 1, column = 1;

	for (size_t i = 0; i < offset; i++) {
		if (in.at[i] == '\n') {
			line++;
			column = 1;
		} else {
			column += (in.at[i] & 0xC0) != 0x80;
		}
	}
	return placed(a, line, column, what);
}

/* Looks for what must not reach the parser: it recurses once a level, and allocates for
 * each value. There are at most as many values as brackets and commas, and one. */
static const char *
find_excess(struct arena *a, struct bytes in)
{
	bool quoted = false;
	int depth = 0, values = 1;

	for (size_t i = 0; i < in.len; i++) {
		unsigned char c = in.at[i];
		bool begins = !quoted && (c == '[' || c == '{');
		bool ends = !quoted && (c == ']' || c == '}');

		if (c == '"')
			quoted = !quoted;
		else if (quoted && c == '\\')
			i++;
		depth += begins - ends;
		values += begins || (!quoted && c == ',');
		if (depth > JSON_DEPTH)
			return placed_at(a, in, i, "nested too deeply");
		if (values > JSON_VALUES)
			return placed_at(a, in, i, "too many values");
	}
	return NULL;
}

static struct json copy_value(struct arena *a, json_t *from);

static struct json
copy_list(struct arena *a, json_t *from)
{
	size_t count = json_array_size(from);
	struct json *items = arena_array(a, count, sizeof *items);

	for (size_t i = 0; i < count; i++)
		items[i] = copy_value(a, json_array_get(from, i));
	return (struct json){.kind = JSON_KIND_LIST, .items = items, .count = (int)count};
}

static struct json
copy_record(struct arena *a, json_t *from)
{
	struct json_member *members = arena_array(
		a, json_object_size(from), sizeof *members);
	const char *name;
	json_t *value;
	int count = 0;

	json_object_foreach(from, name, value) members[count++] = (struct json_member){
		arena_copy(a, name), copy_value(a, value)};
	return (struct json){
		.kind = JSON_KIND_RECORD, .members = members, .count = count};
}

/* Recurses at most JSON_DEPTH levels. */
static struct json
copy_value(struct arena *a, json_t *from)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT: return copy_record(a, from);
	case JSON_ARRAY: return copy_list(a, from);
	case JSON_STRING:
		return (struct json){.kind = JSON_KIND_TEXT,
			.text = arena_text(
				a, json_string_value(from), json_string_length(from))};
	case JSON_INTEGER:
		return (struct json){
			.kind = JSON_KIND_WHOLE, .whole = json_integer_value(from)};
	case JSON_REAL:
		return (struct json){
			.kind = JSON_KIND_REAL, .real = json_real_value(from)};
	case JSON_TRUE: return (struct json){.kind = JSON_KIND_TRUTH, .truth = true};
	case JSON_FALSE: return (struct json){.kind = JSON_KIND_TRUTH};
	case JSON_NULL: break;
	}
	return (struct json){.kind = JSON_KIND_NULL};
}

/* The parser's words, where they name its own options in ours. */
static const char *
explain(struct arena *a, const json_error_t *error)
{
	const char *what = bytes_text_lossy(a, bytes_of(error->text));

	if (json_error_code(error) == json_error_null_character ||
		json_error_code(error) == json_error_null_byte_in_key)
		what = "U+0000 is not allowed";
	return placed(a, error->line, error->column, what);
}

const struct json *
json_read(struct arena *a, struct bytes in, const char **problem)
{
	struct json *out;
	json_error_t error;
	json_t *tree;

	*problem = bytes_trim(in).len > 0 ? find_excess(a, in) : "there is no JSON";
	if (*problem)
		return NULL;
	tree = json_loadb((const char *)in.at, in.len,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!tree) {
		*problem = explain(a, &error);
		return NULL;
	}
	out = arena_alloc(a, sizeof *out);
	*out = copy_value(a, tree);
	json_decref(tree);
	return out;
}

const struct json *
json_get(const struct json *v, const char *name)
{
	for (int i = 0; v && v->kind == JSON_KIND_RECORD && i < v->count; i++)
		if (strcmp(v->members[i].name, name) == 0)
			return &v->members[i].value;
	return NULL;
}

const char *
json_words(const struct json *v)
{
	return v && v->kind == JSON_KIND_TEXT ? v->text : NULL;
}

bool
json_number(const struct json *v, int64_t *out)
{
	if (!v || v->kind != JSON_KIND_WHOLE)
		return false;
	*out = v->whole;
	return true;
}

bool
json_none(const struct json *v)
{
	return !v || v->kind == JSON_KIND_NULL;
}
