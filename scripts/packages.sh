# Sourced by setup and setup-tests.

# The tree that holds the machine's files; tests have one of their own.
root=${SETUP_ROOT:-}
policy=$root/usr/sbin/policy-rc.d

# install_packages NAME...: installs the Debian packages that are missing. Of the services that
# they bring none is started, now or at the next boot.
install_packages() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' \
      || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "setup: please run: sudo $0" >&2
    exit 2
  fi
  before=$(units)
  made=""
  trap finish EXIT
  # A signal alone would end the shell without that.
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # A policy of 101 keeps Debian from starting a service that a package brings; an existing
  # policy stays as it is.
  if [ ! -e "$policy" ]; then
    made=$policy
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing
}

# The names of all services, and of what starts them.
units() {
  ls "$root/etc/init.d" "$root/lib/systemd/system" 2>/dev/null | sort -u
}

# finish: takes the policy away, and keeps what is new from starting at the next boot.
finish() {
  [ -z "$made" ] || rm -f "$made"
  units | grep -vxF "$before" | while read -r unit; do
    [ ! -e "$root/etc/init.d/$unit" ] || update-rc.d "$unit" disable
    # A container has no service manager, and some units are never enabled.
    ! command -v systemctl || systemctl disable "$unit"
  done >/dev/null 2>&1 || true
}
