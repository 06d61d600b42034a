/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "../tools/message.h"
#include "../tools/po.h"

#include <string.h>

/* The pieces of a message hold all of its text. */
static void
check_message(struct arena *a, const char *text)
{
	struct message m = message_parse(a, text);
	size_t length = 0;

	fuzz_require(m.count >= 0 && m.count <= MESSAGE_PIECES);
	for (int i = 0; !m.wrong && i < m.count; i++) {
		if (m.at[i].kind != PIECE_CLOSE)
			length += strlen(m.at[i].text);
		if (m.at[i].kind == PIECE_TEXT)
			fuzz_require(!strpbrk(m.at[i].html, "<>\"'"));
	}
	fuzz_require(length <= strlen(text));
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = bytes_text(a, in);
	struct po po = po_parse(a, "x.po", in);

	if (text)
		check_message(a, text);
	for (int i = 0; !po.wrong && i < po.count; i++) {
		fuzz_require(po.at[i].key[0] != 0);
		fuzz_require(po.at[i].forms[0] != NULL);
		check_message(a, po.at[i].forms[0]);
	}
	po_field(a, &po, "Plural-Forms");
}
