#!/bin/bash
# Sourced, not run:  . native/env.sh [--with-tests]
#
# Finds what a build needs, or installs it from Debian's packages (as root, or with sudo where that asks for no password), or prints the exact
# command and returns 1. Sets JAVA_HOME, PATH and, where Apache's archive is out of reach, MVNW_REPOURL for the Maven wrapper.
#
#   --with-tests   also what the tests need: Chromium, clang-format, GoogleTest, Google Benchmark, clang with libFuzzer, ffmpeg, espeak-ng, mmdebstrap, Redis, HAProxy

if [ -z "${BASH_VERSION:-}" ]; then
    echo "native/env.sh: source this from bash" >&2
    return 1 2>/dev/null || exit 1
fi
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    echo "native/env.sh: source this:  . native/env.sh $*" >&2
    exit 1
fi

_rtms_java_version() { # JDK_HOME -> major version, empty where there is no compiler
    [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p'
}

_rtms_find_jdk() { # prints the home of a JDK 25
    local home
    for home in "${JAVA_HOME:-}" "${GRAALVM_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac 2>/dev/null)" 2>/dev/null)")" 2>/dev/null)" \
        /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
        [ -n "$home" ] && [ "$(_rtms_java_version "$home")" = 25 ] && { echo "$home"; return 0; }
    done
    return 1
}

_rtms_has() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

_rtms_available() { [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -nE 's/^ +Candidate: ([^(].*)$/\1/p')" ]; }

_rtms_first_available() { # the first of these packages that is installed or can be had
    local package
    for package in "$@"; do _rtms_has "$package" && { echo "$package"; return 0; }; done
    for package in "$@"; do _rtms_available "$package" && { echo "$package"; return 0; }; done
    echo "$1"
}

_rtms_fuzzer() { # the package that holds libFuzzer for the release's clang
    local version
    version=$(apt-cache policy clang 2>/dev/null | sed -nE 's/^ +Candidate: ([0-9]+:)?([0-9]+)\..*/\2/p')
    _rtms_first_available "libclang-rt-$version-dev" "libclang-common-$version-dev"
}

_rtms_env() {
    local missing=() package command sudo="" with_tests=""
    case "${1:-}" in
        "") ;;
        --with-tests) with_tests=1 ;;
        *) echo "native/env.sh: unknown option $1 (there is --with-tests)" >&2; return 1 ;;
    esac

    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "native/env.sh: this is no Debian. Needed: JDK 25, cmake, g++, Boost 1.81 or later, OpenSSL 3, simdjson 3; continuing with what is there." >&2
    else
        [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo"; }
        # Package names differ between releases, and a fresh machine has no lists at all.
        if ! _rtms_has libsimdjson-dev && ! _rtms_available libsimdjson-dev && { [ "$(id -u)" = 0 ] || [ -n "$sudo" ]; }; then
            $sudo apt-get update -q >/dev/null || echo "native/env.sh: apt-get update failed" >&2
        fi
        local wanted=(g++ cmake make pkg-config curl ca-certificates libssl-dev libsimdjson-dev "$(_rtms_first_available libboost1.81-dev libboost1.83-dev libboost1.88-dev)")
        [ -z "$with_tests" ] || wanted+=(chromium clang clang-format "$(_rtms_fuzzer)" libgtest-dev libbenchmark-dev ffmpeg espeak-ng mmdebstrap redis-server haproxy)
        _rtms_find_jdk >/dev/null || wanted+=("$(_rtms_first_available openjdk-25-jdk-headless temurin-25-jdk)")
        for package in "${wanted[@]}"; do _rtms_has "$package" || missing+=("$package"); done
        if [ ${#missing[@]} -gt 0 ]; then
            command="apt-get install -y --no-install-recommends ${missing[*]}"
            if [ "$(id -u)" != 0 ] && [ -z "$sudo" ]; then
                echo "native/env.sh: missing packages. Run this, then source me again:" >&2
                echo "    sudo apt-get update && sudo $command" >&2
                return 1
            fi
            echo "native/env.sh: installing ${missing[*]}"
            if ! DEBIAN_FRONTEND=noninteractive $sudo $command -q >/dev/null; then
                $sudo apt-get update -q >/dev/null
                if ! DEBIAN_FRONTEND=noninteractive $sudo $command -q >/dev/null; then
                    echo "native/env.sh: this failed:  $sudo $command" >&2
                    return 1
                fi
            fi
        fi
    fi

    local jdk
    if ! jdk=$(_rtms_find_jdk); then
        echo "native/env.sh: no JDK 25 found. Install one (https://adoptium.net) and set JAVA_HOME to it." >&2
        return 1
    fi
    export JAVA_HOME=$jdk
    case ":$PATH:" in *":$jdk/bin:"*) ;; *) export PATH="$jdk/bin:$PATH" ;; esac

    # The wrapper fetches Maven from Apache's archive. Where a proxy or mirror lets only a Maven repository through, an installed Maven knows it.
    if [ -z "${MVNW_REPOURL:-}" ] && ! curl -sfIL -o /dev/null --max-time 10 https://archive.apache.org/dist/maven/; then
        local builder repository
        builder=$(ls "$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")"/lib/maven-model-builder-*.jar 2>/dev/null | head -n 1)
        if [ -n "$builder" ]; then
            repository=$(_rtms_super_pom "$builder" | sed -nE 's#.*<url>(https?://[^<]*)</url>.*#\1#p' | head -n 1)
        fi
        if [ -n "${repository:-}" ]; then
            export MVNW_REPOURL=${repository%/}
        else
            echo "native/env.sh: https://archive.apache.org is out of reach and no installed Maven names another repository: set MVNW_REPOURL." >&2
            return 1
        fi
    fi
}

_rtms_super_pom() { # JAR -> the super POM within
    local folder
    folder=$(mktemp -d) && (cd "$folder" && "$JAVA_HOME/bin/jar" xf "$1" org/apache/maven/model/pom-4.0.0.xml && cat org/apache/maven/model/pom-4.0.0.xml)
    rm -rf "$folder"
}

_rtms_env "$@"
_rtms_status=$?
unset -f _rtms_env _rtms_fuzzer _rtms_super_pom _rtms_find_jdk _rtms_java_version _rtms_has _rtms_available _rtms_first_available
return $_rtms_status
