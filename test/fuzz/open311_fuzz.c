/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "channel/open311/open311_attributes.h"
#include "channel/open311/open311_door.h"
#include "format/urlencoded.h"
#include "format/words.h"
#include "rule/answer.h"

#include <string.h>

static const char grammar[] =
	"location:point!|size:choice(small;dinner plate)!|lane:multi(edge;cycle lane)"
	"|seen:date|at:datetime|hurt:yesno|cost:money|many:number|details:long|who:name"
	"|where:address|agree:decl";

/* The body of a report, as a client sends it: attributes become answers. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	struct request q = {.arena = a, .path = "/open311/v2/requests.xml"};
	struct work w = {.arena = a, .words = words_of("en"), .now = 1772442000};
	struct pairs answers = {NULL, 0};
	struct form_error error;
	struct pairs sent;
	struct form form;

	if (!urlencoded_parse(a, in, &q.form))
		return;
	fuzz_require(form_parse(a, grammar, &form, &error));
	sent = open311_door_attributes(&q);
	for (int i = 0; i < sent.count; i++)
		fuzz_require(*sent.at[i].name && *sent.at[i].value &&
			     !strpbrk(sent.at[i].name, "[]"));
	if (open311_attributes_read(&w, &form, &sent, &answers) == DONE)
		fuzz_require(pairs_get(&answers, "size") != NULL);
	else
		fuzz_require(w.problems.count > 0);
	for (int i = 0; i < answers.count; i++)
		fuzz_require(bytes_are_text(bytes_of(answers.at[i].value)));
}
