# Marks sections of a bash script, for Tracers and sysdig to find in a capture of the machine's system calls.
#
#     . tracer.sh
#     tracer_begin build                   # a span begins
#     tracer_begin compile mode=release    # one inside of it, with an argument
#     tracer_end                           # the innermost ends
#     tracer_end result=ok
#     tracer_span test make check          # a span around one command, whose status is that of tracer_span
#
# A mark is one short write to /dev/null. Nothing fails and nothing is printed; where there is no Linux, nothing is done. A dot in a tag
# separates tags: a.b is b inside of a. What bash itself reads and writes is charged to the span; the programs that it starts run in
# processes of their own, and are found by their own marks or by asking for the children of the script.
#
# The descriptor is opened once. bash cannot set close-on-exec: programs inherit it, one more descriptor of /dev/null.
# One file, for bash 4.4 and later, to be copied. Apache-2.0.

_tracer_fd=

# The spans that are open, outermost first.
_tracer_ids=()
_tracer_tags=()
_tracer_marked=()

_tracer_pid=
_tracer_first=
_tracer_count=0

# Ids are a number drawn at random and nine digits that count: no other span of the machine has them. A subshell draws its own.
_tracer_new_id() {
    if [[ $_tracer_pid != "$BASHPID" ]]; then
        _tracer_pid=$BASHPID
        _tracer_count=0
        _tracer_first=$((1 + ${SRANDOM:-$((RANDOM << 17 ^ RANDOM << 2 ^ RANDOM & 3))}))
    fi
    _tracer_count=$(((_tracer_count + 1) % 1000000000))
    _tracer_id=$((_tracer_first * 1000000000 + _tracer_count))
}

_tracer_escape() {
    local text=$1 c
    text=${text//\\/\\\\}
    for c in : = , '<' '>' $'\n'; do
        text=${text//"$c"/"\\$c"}
    done
    _tracer_text=$text
}

# kind, id, tags, then name=value. The name ends at the first equals sign.
_tracer_write() {
    local LC_ALL=C head="$1:$2:$3:" arguments= pair
    for pair in "${@:4}"; do
        _tracer_escape "${pair%%=*}"
        arguments+=${arguments:+,}$_tracer_text=
        [[ $pair == *=* ]] || pair==
        _tracer_escape "${pair#*=}"
        arguments+=$_tracer_text
    done
    ((${#head} + ${#arguments} < 4096)) || arguments=
    ((${#head} < 4096)) || return 1

    # A look at the descriptor keeps bash from complaining, and the marker out of a file that has its number by now.
    if [[ -z $_tracer_fd || ! -c /dev/fd/$_tracer_fd ]]; then
        [[ $OSTYPE == linux* && -c /dev/null && -w /dev/null ]] || return 1
        exec {_tracer_fd}>/dev/null || return 1
    fi

    # bash writes a text with newlines in as many pieces, which readers join.
    printf %s "$head$arguments:" >&"$_tracer_fd" 2>&"$_tracer_fd"
}

# Begins a span: tag, then name=value.
tracer_begin() {
    local _tracer_text _tracer_id depth=${#_tracer_ids[@]} outer= tags parent=() marked=
    ((depth == 0)) || outer=${_tracer_ids[depth - 1]}
    _tracer_escape "$1"
    tags=$_tracer_text
    if [[ -z $outer ]]; then
        _tracer_new_id
        # sysdig loses a marker whose first tag begins with this digit, unless it is escaped.
        [[ $tags != 0* ]] || tags="\\$tags"
    else
        tags=${_tracer_tags[depth - 1]}.$tags
        _tracer_id=$outer
        if [[ $_tracer_pid != "$BASHPID" ]]; then
            # In a subshell: two of them at a time must not have the same spans.
            parent=("parent=$outer")
            _tracer_new_id
        fi
    fi
    if [[ -n $_tracer_text ]] && _tracer_write '>' "$_tracer_id" "$tags" "${parent[@]}" "${@:2}"; then
        marked=1
    else
        # It is ended all the same; what is inside of it belongs to the span around it.
        _tracer_id=$outer
        tags=${outer:+${_tracer_tags[depth - 1]}}
    fi
    _tracer_ids[depth]=$_tracer_id
    _tracer_tags[depth]=$tags
    _tracer_marked[depth]=$marked
    return 0
}

# Ends the innermost span: name=value.
tracer_end() {
    local _tracer_text last=$((${#_tracer_ids[@]} - 1))
    ((last >= 0)) || return 0
    [[ -z ${_tracer_marked[last]} ]] || _tracer_write '<' "${_tracer_ids[last]}" "${_tracer_tags[last]}" "$@" || :
    unset "_tracer_ids[last]" "_tracer_tags[last]" "_tracer_marked[last]"
    return 0
}

# Runs a command inside of a span: tag, then the command with its arguments. In a function that is run so, set -e is not in force.
tracer_span() {
    local status=0
    tracer_begin "$1"
    "${@:2}" || status=$?
    tracer_end
    return "$status"
}
