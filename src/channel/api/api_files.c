/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_desk.h"
#include "channel/api/api_door.h"
#include "channel/received_files.h"
#include "desk/handle.h"
#include "store/attachment.h"
#include "store/audit.h"

#include <stdlib.h>
#include <string.h>

enum outcome
api_desk_files(struct work *w, const struct request *q, struct reply *r)
{
	struct attachment_list list;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	attachment_read(w, &t, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "files");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++) {
		const struct attachment *a = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "id", a->id);
		jsonout_member(&j, "filename", a->filename);
		jsonout_member(&j, "type", a->type);
		jsonout_member_whole(&j, "size", a->size);
		jsonout_member_whole(&j, "seq", a->seq);
		jsonout_member_truth(&j, "public", a->public);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_desk_file(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	struct attachment found;
	struct bytes data;
	struct ticket t;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	if (attachment_get(w, &t, id, &found, &data) != DONE)
		return api_door_refuse(w, r, MISSING);
	audit_saw_ticket(
		w, &t, arena_printf(w->arena, "what=file&id=%lld", (long long)id));
	return reply_attachment(r, "application/octet-stream", found.filename, data);
}

/* Files come with words: a note, or with public=true a reply. */
enum outcome
api_desk_add_files(struct work *w, const struct request *q, struct reply *r)
{
	bool public = strcmp(form_text(q, "public"), "true") == 0;
	const char *words = form_text(q, "body");
	struct handle h = {.org = 0};
	struct received_files files;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	if (q->upload_count == 0)
		return api_door_problem(
			r, 422, INVALID, "files are wanted as multipart/form-data");
	if (received_files_read(w, q, &files) != DONE)
		return api_door_refuse(w, r, INVALID);
	h = (struct handle){.org = t.org, .reference = t.reference};
	end = public ? handle_reply(w, &h, words, &t) : handle_note(w, &h, words, &t);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	for (int i = 0; i < files.count; i++) {
		files.at[i].internal = !public;
		attachment_insert(w, &t, t.events, &files.at[i]);
	}
	api_door_after(w, &t);
	api_door_etag(r, &t);
	j = api_door_answer(r, 201);
	api_door_ticket(w, &j, &t);
	return DONE;
}
