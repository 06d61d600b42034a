/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/vault.h"

#include "base/log.h"
#include "base/random.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	SEAL = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

_Static_assert(VAULT_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");

/* The whole key, once: O_EXCL lets only one of two processes make it. */
static bool
make_file(const char *path)
{
	unsigned char key[VAULT_KEY];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool well;

	if (fd < 0)
		return errno == EEXIST;
	random_bytes(key, sizeof key);
	well = write(fd, key, sizeof key) == (ssize_t)sizeof key && fsync(fd) == 0;
	close(fd);
	if (!well)
		unlink(path);
	return well;
}

bool
vault_open(struct vault *v, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat is;
	ssize_t n;

	if (fd < 0 && errno == ENOENT && make_file(path))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		log_error("the key file %s: %s", path, strerror(errno));
		return false;
	}
	n = read(fd, v->key, sizeof v->key);
	if (fstat(fd, &is) == 0 && (is.st_mode & 077) != 0)
		log_warning("the key file %s can be read by others", path);
	close(fd);
	if (n != (ssize_t)sizeof v->key || is.st_size != VAULT_KEY) {
		log_error("the key file %s is not one: %d bytes are wanted", path,
			VAULT_KEY);
		return false;
	}
	return true;
}

void
vault_forgetful(struct vault *v)
{
	random_bytes(v->key, sizeof v->key);
}

struct bytes
vault_seal_with(
	const struct vault *v, struct arena *a, const char *what, struct bytes plain)
{
	unsigned char *out = arena_alloc(a, NONCE + plain.len + SEAL);
	unsigned long long n;

	random_bytes(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &n, plain.at, plain.len,
		(const unsigned char *)what, strlen(what), NULL, out, v->key);
	return (struct bytes){out, NONCE + (size_t)n};
}

bool
vault_read_with(const struct vault *v, struct arena *a, const char *what,
	struct bytes sealed, struct bytes *plain)
{
	unsigned char *out;
	unsigned long long n;

	if (sealed.len < NONCE + SEAL)
		return false;
	out = arena_alloc(a, sealed.len);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL, sealed.at + NONCE,
		    sealed.len - NONCE, (const unsigned char *)what, strlen(what),
		    sealed.at, v->key) != 0)
		return false;
	*plain = (struct bytes){out, (size_t)n};
	return true;
}

struct bytes
vault_seal(struct work *w, const char *what, struct bytes plain)
{
	assert(w->vault);
	return vault_seal_with(w->vault, w->arena, what, plain);
}

bool
vault_read(struct work *w, const char *what, struct bytes sealed, struct bytes *plain)
{
	return w->vault && vault_read_with(w->vault, w->arena, what, sealed, plain);
}
