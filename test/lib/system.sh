# shellcheck shell=bash
# All that a run with real servers needs. Sourced.
: "${root:?the folder of the checkout}"
# shellcheck source=test/lib/scratch.sh
. "$root/test/lib/scratch.sh"
# shellcheck source=test/lib/jdk.sh
. "$root/test/lib/jdk.sh"
# shellcheck source=test/lib/build.sh
. "$root/test/lib/build.sh"
# shellcheck source=test/lib/packages.sh
. "$root/test/lib/packages.sh"
# shellcheck source=test/lib/postfix.sh
. "$root/test/lib/postfix.sh"
# shellcheck source=test/lib/peers.sh
. "$root/test/lib/peers.sh"
# shellcheck source=test/lib/dovetail.sh
. "$root/test/lib/dovetail.sh"
# shellcheck source=test/lib/judge.sh
. "$root/test/lib/judge.sh"
