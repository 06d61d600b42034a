#!/bin/bash
cd /tmp/w/views
for i in 1 2 3; do
git pull -q --rebase origin main || exit 1
make test >/tmp/views-test.log 2>&1 || { grep -nE "FAIL|rror|: html|failed" /tmp/views-test.log | head -30; tail -5 /tmp/views-test.log; exit 1; }
tail -1 /tmp/views-test.log
git push -q origin HEAD:main && git log --oneline | head -1 && exit 0
done
