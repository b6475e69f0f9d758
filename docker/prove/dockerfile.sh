# shellcheck shell=bash
# Sourced by prove.sh: carries out a Dockerfile without a container engine, in folders that serve as root file systems, as far as docker/Dockerfile.*
# use it. An instruction or option that is not known here is an error, not something to pass over.
#
# The caller sets:  CONTEXT  the build's context
#                   ROOTS    associative: name of a stage -> folder
#                   ARGS     associative: build arguments that are given
#                   CACHE    associative: target of a cache mount -> folder
# Left behind by a stage: IMAGE_ENV, IMAGE_USER, IMAGE_WORKDIR, IMAGE_ENTRYPOINT, IMAGE_HEALTH, IMAGE_VOLUMES, IMAGE_LABELS, IMAGE_STOPSIGNAL

dockerfile_lines() { # FILE: its instructions, one a line, without comments
    sed -E '/^[[:space:]]*#/d; /^[[:space:]]*$/d' "$1" | sed -E ':more; /\\$/ { N; s/[[:space:]]*\\\n[[:space:]]*/ /; b more }'
}

dockerfile_words() { # JSON array of strings -> a word each line
    grep -oE '"[^"]*"' <<<"$1" | sed 's/^"//; s/"$//'
}

dockerfile_expand() { # TEXT: with ${NAME} of ENV and ARG put in
    local text=$1 name
    while [[ $text =~ \$\{([A-Z_]+)\} ]]; do
        name=${BASH_REMATCH[1]}
        text=${text//"\${$name}"/${IMAGE_ENV[$name]-${STAGE_ARGS[$name]-}}}
    done
    echo "$text"
}

# Carries out one stage upon what its base, whichever FROM names, has put there.
dockerfile_stage() { # FILE NAME ROOT
    local file=$1 wanted=$2 root=$3 current="" instruction rest
    declare -gA IMAGE_ENV=([PATH]=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin) STAGE_ARGS=() IMAGE_LABELS=()
    declare -g IMAGE_USER=0:0 IMAGE_WORKDIR=/ IMAGE_STOPSIGNAL=""
    declare -ga IMAGE_ENTRYPOINT=() IMAGE_HEALTH=() IMAGE_VOLUMES=()
    while read -r instruction rest; do
        if [ "$instruction" = FROM ]; then
            [[ $rest =~ \ AS\ (.+)$ ]] || dockerfile_unknown "FROM $rest"
            current=${BASH_REMATCH[1]}
        elif [ -z "$current" ]; then
            [ "$instruction" = ARG ] || dockerfile_unknown "$instruction $rest"
        elif [ "$current" = "$wanted" ]; then
            dockerfile_do "$root" "$instruction" "$rest"
        fi
    done < <(dockerfile_lines "$file")
}

dockerfile_unknown() {
    echo "docker/prove/dockerfile.sh does not know: $*" >&2
    exit 1
}

dockerfile_do() { # ROOT INSTRUCTION REST
    local root=$1 rest=$3 name
    case $2 in
        ARG)
            name=${rest%%=*}
            STAGE_ARGS[$name]=${ARGS[$name]-${rest#*=}}
            ;;
        ENV) IMAGE_ENV[${rest%%=*}]=$(dockerfile_expand "${rest#*=}") ;;
        LABEL) IMAGE_LABELS[${rest%%=*}]=$(dockerfile_expand "$(sed 's/^"//; s/"$//' <<<"${rest#*=}")") ;;
        WORKDIR)
            IMAGE_WORKDIR=$rest
            mkdir -p "$root$rest"
            ;;
        COPY) dockerfile_copy "$root" "$rest" ;;
        RUN) dockerfile_run "$root" "$rest" ;;
        USER) IMAGE_USER=$rest ;;
        VOLUME) IMAGE_VOLUMES+=("$rest") ;;
        EXPOSE) ;;
        STOPSIGNAL) IMAGE_STOPSIGNAL=$rest ;;
        HEALTHCHECK)
            [[ $rest =~ \ CMD\ (\[.*\])$ ]] || dockerfile_unknown "HEALTHCHECK $rest"
            mapfile -t IMAGE_HEALTH < <(dockerfile_words "${BASH_REMATCH[1]}")
            ;;
        ENTRYPOINT)
            [[ $rest == \[* ]] || dockerfile_unknown "ENTRYPOINT $rest"
            mapfile -t IMAGE_ENTRYPOINT < <(dockerfile_words "$rest")
            ;;
        *) dockerfile_unknown "$2 $rest" ;;
    esac
}

# The contents of a folder go into the destination, as with docker; a destination that ends with / or is a folder takes files by their names.
dockerfile_copy() { # ROOT REST
    local root=$1 from=$CONTEXT words target source
    read -ra words <<<"$2"
    if [[ ${words[0]} == --from=* ]]; then
        from=${ROOTS[${words[0]#--from=}]-} && words=("${words[@]:1}")
        [ -n "$from" ] || dockerfile_unknown "COPY $2"
    fi
    [[ ${words[0]} != --* ]] || dockerfile_unknown "COPY $2"
    target=${words[-1]}
    [[ $target == /* ]] || target=${IMAGE_WORKDIR%/}/$target
    for source in "${words[@]:0:${#words[@]}-1}"; do
        if [ -d "$from/$source" ]; then
            mkdir -p "$root$target"
            cp -R --no-dereference --preserve=mode,timestamps,links "$from/$source/." "$root$target"
        else
            mkdir -p "$(dirname "$root${target}x")"
            cp --preserve=mode,timestamps "$from/$source" "$root$target"
        fi
    done
}

dockerfile_run() { # ROOT REST
    local root=$1 command=$2 mount name mounted=() environment=()
    while [[ $command =~ ^--mount=([^ ]+)\ (.*)$ ]]; do
        mount=${BASH_REMATCH[1]} command=${BASH_REMATCH[2]}
        case $mount in
            type=bind,source=*,target=*) mounted+=("$CONTEXT/$(sed -E 's/.*,source=([^,]*).*/\1/' <<<"$mount")" "${mount##*target=}") ;;
            type=cache,target=*) mounted+=("${CACHE[${mount##*target=}]}" "${mount##*target=}") ;;
            *) dockerfile_unknown "RUN --mount=$mount" ;;
        esac
    done
    for name in "${!STAGE_ARGS[@]}"; do environment+=("$name=${STAGE_ARGS[$name]}"); done
    for name in "${!IMAGE_ENV[@]}"; do environment+=("$name=${IMAGE_ENV[$name]}"); done
    (
        set -- "${mounted[@]}"
        while [ $# -gt 0 ]; do
            mkdir -p "$root$2"
            mount --bind "$1" "$root$2"
            shift 2
        done
        mount -t proc proc "$root/proc"
        mount --bind /dev "$root/dev"
        # What an engine gives a container besides.
        for name in /etc/resolv.conf /etc/hosts; do
            [ -e "$root$name" ] || : >"$root$name"
            mount --bind "$name" "$root$name"
        done
        status=0
        env -i HOME=/root "${environment[@]}" chroot "$root" sh -c "cd $IMAGE_WORKDIR && $command" </dev/null || status=$?
        umount "$root/proc" "$root/dev" "$root/etc/resolv.conf" "$root/etc/hosts"
        set -- "${mounted[@]}"
        while [ $# -gt 0 ]; do
            umount "$root$2"
            rmdir "$root$2" 2>/dev/null || :
            shift 2
        done
        exit $status
    )
}
