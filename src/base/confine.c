/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/confine.h"
#include "weaken.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CELL_SECONDS = 1, CELL_MEMORY = 512 * 1024 * 1024 };

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* A call that this machine does not have need not be named. */
static bool
rule(scmp_filter_ctx filter, uint32_t action, int call)
{
	int end = seccomp_rule_add(filter, action, call, 0);

	return end == 0 || end == -EDOM;
}

bool
confine_server(void)
{
	static const int refused[] = {SCMP_SYS(execve), SCMP_SYS(execveat),
		SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
		SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load),
		SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
		SCMP_SYS(chroot), SCMP_SYS(bpf), SCMP_SYS(userfaultfd), SCMP_SYS(unshare),
		SCMP_SYS(setns), SCMP_SYS(keyctl), SCMP_SYS(add_key),
		SCMP_SYS(perf_event_open)};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool done = filter && seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0;

	/* LeakSanitizer looks into its own process at the end. */
	done = done &&
	       (SANITIZED || rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ptrace)));
#ifdef WEAKEN_CONFINEMENT
	seccomp_release(filter);
	return true;
#endif
	for (size_t i = 0; done && i < sizeof refused / sizeof *refused; i++)
		done = rule(filter, SCMP_ACT_ERRNO(EPERM), refused[i]);
	done = done && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return done;
}

static bool
limit(int what, rlim_t most)
{
	struct rlimit l = {.rlim_cur = most, .rlim_max = most};

	return setrlimit(what, &l) == 0;
}

/* AddressSanitizer lays out terabytes that it never touches. */
static bool
limit_all(void)
{
	return (SANITIZED || limit(RLIMIT_AS, CELL_MEMORY)) &&
	       limit(RLIMIT_CPU, CELL_SECONDS) && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 16);
}

bool
confine_cell(int fd)
{
	/* Memory without execution, and the end; the sanitizers ask for a little more. */
	static const int allowed[] = {SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(brk),
		SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(getpid), SCMP_SYS(gettid),
		SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask)};
	uint32_t otherwise = SCMP_ACT_KILL_PROCESS;
	scmp_filter_ctx filter;
	bool done;

#ifdef WEAKEN_CELL
	otherwise = SCMP_ACT_ALLOW;
#endif
	filter = seccomp_init(otherwise);
	done = filter && limit_all() && prctl(PR_SET_DUMPABLE, 0) == 0;

	for (size_t i = 0; done && i < sizeof allowed / sizeof *allowed; i++)
		done = rule(filter, SCMP_ACT_ALLOW, allowed[i]);
	done = done &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		       SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		       SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
		       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2,
		       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd),
		       SCMP_A4(SCMP_CMP_EQ, 0 /* to nobody else */)) == 0 &&
	       seccomp_load(filter) == 0;
	seccomp_release(filter);
	return done;
}
