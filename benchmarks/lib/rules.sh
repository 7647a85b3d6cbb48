# shellcheck shell=bash
# Rules of the policy daemon, for conf.d/policy.toml. Sourced.

# rule TYPE [LINE]...: a rule of conf.d/policy.toml.
rule() {
  printf '\n[[policy.rule]]\ntype = "%s"\n' "$1"
  shift
  [[ $# == 0 ]] || printf '%s\n' "$@"
}

# rules: all that there are, with limits that nobody reaches while this measures.
rules() {
  rule access 'senders = ["bad.test", "*.worse.test", "joe@evil.test"]' 'action = "refuse"'
  rule recipients 'most = 1000'
  rule size 'most = "50MiB"'
  rule sender-login 'login = "yes"'
  rule recipient
  rule limit 'name = "by-login"' 'key = "sasl_username"' 'limit = "100000/1h,500000/1d"'
  rule limit 'name = "by-network"' 'key = "client_address"' 'login = "no"' 'ipv4_prefix = 24' 'limit = "1000000/1h"'
  rule breaker 'login = "yes"' 'recipients = 1000000' 'ceiling = 1000000' 'domains = 1000000' 'networks = 1000000' 'refused = 1000000'
}
