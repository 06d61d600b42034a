# SPDX-License-Identifier: AGPL-3.0-or-later
# A thin front for meson and the set-up script. `make run` and `make test` are all a
# newcomer needs; the rest is daily life (CONTRIBUTING.md).

RELEASE := build
CHECKED := build-checked

.PHONY: all run test build dev check bench fuzz scan lint format setup clean
all: build

run: build
	@tools/demo $(RELEASE)/portreeve

test:
	@tools/setup test
	@tools/configure $(CHECKED) --buildtype=debug -Db_sanitize=address,undefined \
		-Db_lundef=false -Dchecked=true
	@tools/test $(CHECKED) $(T)

build:
	@tools/setup build
	@tools/configure $(RELEASE) --buildtype=release -Dstrip=true
	@ninja -C $(RELEASE) --quiet portreeve

dev:
	@tools/setup build
	@tools/dev

check: test lint
	@tools/check

lint:
	@tools/setup test
	@tools/lint

bench: build
	@tools/setup test
	@ninja -C $(RELEASE) --quiet $(patsubst %,test/bench/%-bench,clock recount audit)
	@test/bench/run $(RELEASE)/portreeve

fuzz:
	@tools/setup test
	@tools/fuzz $(T)

scan: build
	@tools/setup scan
	@tools/scan $(RELEASE)/portreeve $(T)

format:
	@find src test tools -name '*.[ch]' | xargs clang-format -i

clean:
	rm -rf build build-*
