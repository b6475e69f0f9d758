#!/bin/bash
# Measures what the service takes on this machine when it has nothing to do: how long it takes to be ready, and what it holds in memory half a minute later.
# With credentials, without a meeting; transcripts in a folder of its own.
#
#   docker/measure.sh jvm|native [STARTS]     takes the service from target/, as ./mvnw package (-Dnative) left it; 5 starts unless told otherwise
#   docker/measure.sh image [STARTS]          the jar as Dockerfile.jvm puts it together and starts it, with a Java run-time and an AOT cache of its own
#
# Prints a line for each start, then the medians. Measure on a machine that is quiet.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

variant=${1:-} starts=${2:-5}
set -- # not for env.sh
. native/env.sh
folder=$(mktemp -d)
pid=""
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$folder"' EXIT
case $variant in
    image)
        . docker/prove/dockerfile.sh
        docker/steps/assemble jvm "$folder/image" >/dev/null
        mapfile -t command < <(dockerfile_words "$(dockerfile_lines docker/Dockerfile.jvm | sed -n 's/^ENTRYPOINT //p')")
        command=("${command[@]/\/opt\/rtms\//$folder/image/opt/rtms/}")
        export RTMS_NATIVE_DIR=$folder/image/opt/rtms/lib
        ;;
    jvm) command=("$JAVA_HOME/bin/java" -jar target/quarkus-app/quarkus-run.jar) ;;
    native) command=(target/*-runner) ;;
    *) sed -n '/^#   /s/^# //p' "$0" >&2 && exit 2 ;;
esac

read -r port _ < <("$JAVA_HOME/bin/java" docker/prove/FreePorts.java)
export ZM_RTMS_PORT=$port ZM_RTMS_CLIENT=client ZM_RTMS_SECRET=secret ZM_RTMS_WEBHOOK_SECRET=webhook RTMS_ACCESS_TOKENS=token
export RTMS_TRANSCRIPTS_DIR=$folder/transcripts RTMS_STREAM_JOURNAL_DIR=$folder/streams

ready() { # asks without starting a program, which would take longer than the service
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    read -r line <&3
    exec 3>&-
    [[ $line == *" 200 "* ]]
} 2>/dev/null

median() { sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'; }

for ((start = 1; start <= starts; start++)); do
    began=$(date +%s%N)
    "${command[@]}" >"$folder/log" 2>&1 &
    pid=$!
    until ready; do kill -0 "$pid" && sleep 0.005 || { cat "$folder/log" >&2 && exit 1; }; done
    took=$((($(date +%s%N) - began) / 1000000))
    said=$(grep -oE 'started in [0-9.]+s' "$folder/log" | tr -dc '0-9.')
    sleep 30
    resident=$(awk '/^VmRSS:/ {printf "%.1f", $2 / 1024}' "/proc/$pid/status")
    kill "$pid"
    wait "$pid" || :
    pid=""
    echo "$took $said $resident" >>"$folder/all"
    echo "start $start: ready after $took ms (Quarkus says ${said} s), $resident MB resident 30 s later"
done
echo "$variant: medians of $starts: ready after $(cut -d' ' -f1 "$folder/all" | median) ms (Quarkus says $(cut -d' ' -f2 "$folder/all" | median) s)," \
    "$(cut -d' ' -f3 "$folder/all" | median) MB resident"
