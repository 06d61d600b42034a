/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_PICTURE_H
#define FORMAT_PICTURE_H

/*
 * A photograph without what it tells beside itself: where and when it was taken and with
 * what (EXIF, XMP, IPTC, comments, maker's notes, previews, what hangs behind its end).
 * What is kept is a list of parts that a decoder needs, not a list of parts known to be
 * bad; the pixels are not touched. Of EXIF only the way up is kept, written anew.
 *
 * Sources: ITU-T T.81 (JPEG), JEITA CP-3451 (EXIF), W3C PNG, GIF89a, RFC 9649 (WebP).
 */

#include "base/bytes.h"

/* JPEG, PNG, GIF and still WebP; in linear time, the result never longer by more than 36
 * bytes. No bytes for anything else and for what is cut short. The result may lie in the
 * arena. */
struct bytes picture_bare(struct arena *a, struct bytes in);

/* Can a picture of this media type be made bare at all? */
bool picture_can(const char *type);

#endif
