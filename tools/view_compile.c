/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "view.h"

#include <string.h>

static bool
is_plain(const char *file)
{
	size_t n = strlen(file);

	return n > 4 && strcmp(file + n - 4, ".txt") == 0;
}

static void
begin_function(struct view *v, struct buffer *out, const char *prefix, const char *end)
{
	const struct view_heading *h = &v->heading;

	buffer_printf(out,
		"\nvoid\n%s_%s%s(struct buffer *out, const struct words *words,\n"
		"#line 1 \"%s\"\n\tconst struct %s *p)\n{\n"
		"\t(void)out;\n\t(void)words;\n\t(void)p;\n",
		prefix, h->name, end, v->file, h->type);
}

static const char *
assemble(struct view *v)
{
	const struct view_heading *h = &v->heading;
	struct buffer out = buffer_in(v->arena, v->code.len + 512);

	buffer_printf(&out, "\n#line 1 \"%s\"\n#include \"%s\"\n", v->file, h->header);
	switch (h->kind) {
	case VIEW_PART:
		begin_function(v, &out, "part", "");
		buffer_literal(&out, "\tif (!p)\n\t\treturn;\n");
		buffer_add(&out, v->code.at, v->code.len);
		break;
	case VIEW_LAYOUT:
		begin_function(v, &out, "layout", "_top");
		buffer_add(&out, v->code.at, v->split);
		buffer_literal(&out, "}\n");
		begin_function(v, &out, "layout", "_bottom");
		buffer_add(&out, v->code.at + v->split, v->code.len - v->split);
		break;
	case VIEW_PAGE:
		begin_function(v, &out, "view", "");
		if (h->layout)
			buffer_printf(&out,
				"#line 1 \"%s\"\n\tlayout_%s_top(out, words, "
				"&p->page);\n",
				v->file, h->layout);
		buffer_add(&out, v->code.at, v->code.len);
		if (h->layout)
			buffer_printf(&out,
				"#line 1 \"%s\"\n\tlayout_%s_bottom(out, words, "
				"&p->page);\n",
				v->file, h->layout);
		break;
	}
	buffer_literal(&out, "}\n");
	return buffer_text(&out);
}

struct view_made
view_compile(struct arena *a, const char *file, struct bytes text)
{
	struct view v = {.arena = a, .file = file, .text = text, .line = 1};

	bool headed;

	v.code = buffer_in(a, 0);
	v.run = buffer_in(a, 0);
	v.prefix = buffer_in(a, 0);
	v.tag = v.attribute = "";
	v.place.state = is_plain(file) ? STATE_PLAIN : STATE_TEXT;
	if (!bytes_are_text(text))
		view_wrong(&v, "not UTF-8");
	view_read_heading(&v);
	headed = !v.wrong;
	view_markup(&v);
	if (v.place.state != STATE_PLAIN)
		v.space = 0;
	view_flush(&v);
	if (v.heading.kind == VIEW_LAYOUT && !v.body_seen)
		view_wrong(&v, "a layout without {body}");
	return (struct view_made){
		.heading = v.heading,
		.headed = headed,
		.code = v.wrong ? NULL : assemble(&v),
		.wrong = v.wrong,
	};
}
