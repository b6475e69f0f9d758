#!/bin/bash
# Proves an image without a container engine: carries out its Dockerfile in a bare Debian, lists what is in it, and runs the service from exactly
# that, as a container would: a root of its own that is read-only, process 1, the image's user without any capability, a /tmp that is noexec.
#
#   docker/prove.sh jvm|native            takes the service from target/, as ./mvnw package (-Dnative) left it
#   docker/prove.sh jvm|native --build    builds it in a bare Debian from the commit that is checked out, as docker build does; takes minutes
#   docker/prove.sh debian                fetches the bare Debian alone, for both
#
# MANAGEMENT=true in the environment is the build argument of that name; without --build, what is in target/ has to be built so.
#
# Needs root, mmdebstrap, and Debian bookworm or later; without root or mmdebstrap it says so and proves nothing (exit 0; 1 where CI=true). The Debian
# comes from the sources of this machine's apt. Leaves target/image/<variant>.txt, the list.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

variant=${1:-} build=${2:-}
case $variant:$build in
    jvm: | native: | jvm:--build | native:--build | debian:) ;;
    *) sed -n '/^#   /s/^# //p' "$0" >&2 && exit 2 ;;
esac
absent() {
    echo "docker/prove.sh: skipped, $1"
    [ "${CI:-}" != true ] && exit 0
    exit 1
}
[ "$(id -u)" = 0 ] || absent "it has to be root"
command -v mmdebstrap >/dev/null || absent "mmdebstrap is missing: apt-get install --no-install-recommends mmdebstrap"
# Mounts are seen by this process alone, and gone with it.
[ -n "${PROVE_MOUNTS:-}" ] || PROVE_MOUNTS=own exec unshare --mount "$0" "$@"

set -- # not for env.sh
. native/env.sh
. docker/prove/dockerfile.sh
. docker/prove/running.sh

image=$PWD/target/image
root=$image/$variant
list=$image/$variant.txt
mkdir -p "$image"
[ "$variant" = debian ] || rm -rf "$root" "$image/$variant.built" "$list"
declare -A ROOTS=() ARGS=([MANAGEMENT]="${MANAGEMENT:-false}") CACHE=([/m2]="$HOME/.m2")
mkdir -p "$HOME/.m2"

said() { echo "docker/prove.sh: $*"; }
failed() { echo "docker/prove.sh: FAILED: $*" >&2 && exit 1; }
step() { # WORDS COMMAND...: runs it, quietly unless it fails, and says how long it took
    local began=$SECONDS
    doing=$1
    shift
    "$@" >"$image/$variant.log" 2>&1
    said "$doing, $((SECONDS - began)) s"
    doing=""
}
ended() {
    local status=$?
    [ -z "${parent:-}" ] || kill -KILL "$parent" 2>/dev/null || :
    [ -z "$doing" ] || { tail -n 100 "$image/$variant.log" && echo "docker/prove.sh: FAILED: $doing"; } >&2
    exit "$status"
}
doing="" parent=""
trap ended EXIT

# The essential packages and apt: less than debian:bookworm-slim has, so that what runs here runs there. Kept for the next time.
debian() {
    [ -e "$image/debian/usr/bin/apt-get" ] && return
    rm -rf "$image/debian" "$image/debian.new"
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        grep -E "/debian(-security)?/? bookworm(-updates|-security)? main\$" | sort -u >"$image/sources.list"
    [ -s "$image/sources.list" ] || failed "apt of this machine has no sources of Debian bookworm"
    mmdebstrap --mode=root --variant=apt --format=directory --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        bookworm "$image/debian.new" - <"$image/sources.list"
    mv "$image/debian.new" "$image/debian"
}

# What docker build does until the last stage, in a Debian of its own.
built_from_commit() {
    CONTEXT=$image/$variant.context
    rm -rf "$CONTEXT"
    mkdir -p "$CONTEXT"
    # As .dockerignore has it: what stands behind ! is taken, less what comes after.
    git archive HEAD $(sed -n 's/^!//p' .dockerignore) | tar -x -C "$CONTEXT"
    grep -v '^[#!*]' .dockerignore | while read -r ignored; do rm -rf "${CONTEXT:?}/$ignored"; done
    ROOTS[jdk]=$image/toolchain ROOTS[mandrel]=$image/toolchain
    rm -rf "$image/toolchain" && mkdir -p "$image/toolchain/opt/java"
    [ "$variant" = jvm ] && cp -RL "$JAVA_HOME" "$image/toolchain/opt/java/openjdk"
    [ "$variant" = native ] && cp -R "${GRAALVM_HOME:?}" "$image/toolchain/opt/mandrel"
    [ -z "${MVNW_REPOURL:-}" ] || ARGS[MVNW_REPOURL]=$MVNW_REPOURL
    cp -a "$image/debian" "$image/$variant.built"
    dockerfile_stage "docker/Dockerfile.$variant" build "$image/$variant.built"
    rm -rf "$image/toolchain"
}

step "a bare Debian" debian
[ "$variant" != debian ] || exit 0
if [ -n "$build" ]; then
    step "built the commit in a bare Debian" built_from_commit
else
    step "assembled from target/" docker/steps/assemble "$variant" "$image/$variant.built/image"
    CONTEXT=$PWD
fi
ROOTS[build]=$image/$variant.built
cp -a "$image/debian" "$root"
step "the image's own stage" dockerfile_stage "docker/Dockerfile.$variant" image "$root"
rm -rf "$image/$variant.built" "$image/$variant.context"

content_list >"$list"
sed -n '1,/^$/p' "$list"
if grep -q 'not found' "$list"; then
    grep 'not found' "$list" >&2
    failed "libraries are missing in the image"
fi

prepare_container
check_doctor
start_service
await_health
check_transcript
check_confinement
stop_service
umount --recursive "$root"
rm -rf "$root"
said "$variant: proven, $SECONDS s in all; the content is listed in target/image/$variant.txt"
