# shellcheck shell=bash
# Sourced by prove.sh: the list of an image's content, and the service running from it. The image is in $root, its Debian in $image/debian.

failed_running() { # WHY: with what the service said
    cat "$image/$variant.log" >&2
    failed "$1"
}

megabytes() { # FOLDER
    du -sm --apparent-size "$1" | cut -f1
}

# What the image has and what each of its programs and libraries needs, as the image's own loader finds it. Java's launcher loads libjvm.so by its path,
# before anything that needs it.
content_list() {
    local file packages
    find "$root" -xdev -printf '%P %y %m %U:%G %s\n' | LC_ALL=C sort >"$image/$variant.files"
    find "$image/debian" -xdev -printf '%P\n' | LC_ALL=C sort >"$image/debian.files"
    packages=$(comm -13 <(chroot "$image/debian" dpkg-query -W -f '${Package} ${Version}\n') <(chroot "$root" dpkg-query -W -f '${Package} ${Version}\n'))
    cut -d' ' -f1 "$image/$variant.files" | LC_ALL=C sort | comm -23 - "$image/debian.files" >"$image/$variant.added"
    echo "image $variant: $(grep -c ' f ' "$image/$variant.files") files, $(megabytes "$root") MB; of these Debian $(megabytes "$image/debian") MB," \
        "/opt/rtms $(find "$root/opt/rtms" -type f | wc -l) files, $(megabytes "$root/opt/rtms") MB"
    echo "packages beside the base: ${packages//$'\n'/, }"
    echo
    echo "== programs and libraries beside the base, and what each needs"
    while read -r file; do
        [ -f "$root/$file" ] && [ "$(head -c 4 "$root/$file" | tr -d '\0')" = $'\x7fELF' ] || continue
        echo "/$file: $(LD_LIBRARY_PATH=/opt/rtms/java/lib/server chroot "$root" ldd "/$file" 2>&1 | sed -E 's/^[[:space:]]+//; s/ \(0x[0-9a-f]+\)//; s/ => \/.*$//' | grep -vE 'linux-vdso|ld-linux' |
            tr -s ' \n' ' ')"
    done <"$image/$variant.added"
    echo
    echo "== folders of /opt/rtms, MB"
    (cd "$root" && du -m --apparent-size -d 2 opt/rtms | sort -rn)
    echo
    echo "== every file beside the base: path, type, mode, owner, bytes"
    LC_ALL=C join "$image/$variant.added" "$image/$variant.files"
    rm "$image/$variant.files" "$image/debian.files" "$image/$variant.added"
}

# A certificate for the simulated Zoom, whose authority stands in the image's bundle and nowhere else: media come only if librtms.so finds the bundle.
certify_simulator() { # FOLDER
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=simulated-zoom -addext subjectAltName=IP:127.0.0.1 \
        -keyout "$1/key.pem" -out "$1/cert.pem" 2>/dev/null
    chown "$IMAGE_USER" "$1/key.pem" "$1/cert.pem"
    cat "$1/cert.pem" >>"$root/etc/ssl/certs/ca-certificates.crt"
}

# Mounts the root as a container engine does with --read-only --tmpfs /tmp.
mount_container() {
    certify_simulator "$root/data"
    mount --bind "$root" "$root"
    mount --bind "$root/data" "$root/data"
    mount -t tmpfs -o nosuid,nodev,noexec tmpfs "$root/tmp"
    mount -t tmpfs -o nosuid,noexec tmpfs "$root/dev"
    local device
    for device in null zero random urandom; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mount -t proc proc "$root/proc"
    mount -o remount,bind,ro "$root"
}

# The child of unshare is process 1 of its own process ids, where a signal without a handler does nothing.
in_new_container() { # COMMAND...: as an engine starts it; takes the place of the (sub)shell
    exec unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" chroot "$root" sh -c 'cd "$0" && exec "$@"' "$IMAGE_WORKDIR" \
        setpriv "${confined[@]}" env -i "${environment[@]}" "$@"
}

in_container() { # COMMAND...: beside the running service, as its user
    nsenter --target "$service" --mount --pid --root --wd setpriv "${confined[@]}" env -i "${environment[@]}" "$@"
}

prepare_container() {
    local name management
    read -r port management < <("$JAVA_HOME/bin/java" docker/prove/FreePorts.java)
    token=$(openssl rand -hex 16)
    # A change of user undoes unshare's --kill-child: said again behind it, nothing outlives this script.
    confined=(--reuid="${IMAGE_USER%:*}" --regid="${IMAGE_USER#*:}" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all --pdeathsig KILL)
    environment=(HOSTNAME=proof HOME=/data ZM_RTMS_PORT="$port" QUARKUS_MANAGEMENT_PORT="$management" RTMS_ACCESS_TOKENS="$token" ZM_RTMS_CLIENT=client ZM_RTMS_SECRET=secret
        ZM_RTMS_WEBHOOK_SECRET=webhook RTMS_SIMULATOR_ENABLED=true RTMS_SIMULATOR_SPEED=5 RTMS_SIMULATOR_TLS_CERT=/data/cert.pem
        RTMS_SIMULATOR_TLS_KEY=/data/key.pem RTMS_MEDIA_REQUEST=auto,audio,video)
    for name in "${!IMAGE_ENV[@]}"; do environment+=("$name=${IMAGE_ENV[$name]}"); done
    mount_container
}

# The service looks at its surroundings itself: libraries, authorities, folders.
check_doctor() {
    (in_new_container "${IMAGE_ENTRYPOINT[@]}" --check) >"$image/$variant.log" 2>&1 || failed_running "--check"
    said "--check: $(tail -n 1 "$image/$variant.log")"
}

start_service() {
    began=$(date +%s%N)
    in_new_container "${IMAGE_ENTRYPOINT[@]}" >"$image/$variant.log" 2>&1 &
    parent=$!
}

# Runs the image's own HEALTHCHECK until it passes.
await_health() {
    local deadline=$((SECONDS + 60)) ready
    until service=$(pgrep --parent "$parent") && in_container "${IMAGE_HEALTH[@]}" >"$image/$variant.health" 2>/dev/null; do
        kill -0 "$parent" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ] || failed_running "the service is not alive"
        sleep 0.1
    done
    said "HEALTHCHECK passes $((($(date +%s%N) - began) / 1000000)) ms after the start"
    ready=$(in_container "${IMAGE_HEALTH[0]}") || failed "health: $ready"
    said "health: $(tr -d ' \n' <<<"$ready" | grep -oE '"name":"[^"]*","status":"[A-Z]*"' | sed 's/"//g; s/name://; s/,status:/ /' | paste -sd,)"
}

check_transcript() {
    "$JAVA_HOME/bin/java" docker/prove/ReadTranscript.java "ws://127.0.0.1:$port/ws/transcripts?token=$token&stream=*" 3 |
        sed 's/^/    /' || failed_running "no transcript came"
    grep -q '"type":"transcript"' "$root"/data/transcripts/*.jsonl || failed "no transcript is on disk"
    [ -n "$(find "$root/data/streams" -type f)" ] || failed "no stream is written down"
    said "a transcript was read by WebSocket, by way of wss with the image's certificate authorities, and is in /data"
}

check_confinement() {
    local status=/proc/$service/status
    [ "$(awk '/^Uid:/ {print $2 $3 $4}' "$status")" = 100011000110001 ] || failed "the service has the user $(grep ^Uid "$status")"
    [ "$(awk '/^Cap(Prm|Eff|Bnd):/ {print $2}' "$status" | sort -u)" = 0000000000000000 ] || failed "the service has capabilities"
    [ "$(awk '/^NSpid:/ {print $NF}' "$status")" = 1 ] || failed "the service is not process 1"
    ! in_container touch /opt/rtms/written 2>/dev/null || failed "the root can be written to"
    [ "$variant" = native ] || grep -q '/opt/rtms/app/rtms.aot$' "/proc/$service/maps" || failed "the AOT cache does not fit"
    said "user 10001, process 1, no capabilities, root read-only; $(awk '/^VmRSS:/ {print int($2 / 1024)}' "$status") MB resident"
}

stop_service() {
    local stopping=$(date +%s%N) status=0
    kill "-${IMAGE_STOPSIGNAL#SIG}" "$service"
    while kill -0 "$service" 2>/dev/null; do
        [ $((($(date +%s%N) - stopping) / 1000000000)) -lt 10 ] || failed_running "it does not end within 10 s"
        sleep 0.05
    done
    wait "$parent" || status=$?
    [ $status = 0 ] || [ $status = 143 ] || failed_running "it ended with $status"
    said "$IMAGE_STOPSIGNAL ended it after $((($(date +%s%N) - stopping) / 1000000)) ms, exit status $status"
    parent=""
}
