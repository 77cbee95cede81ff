namespace Tracers.Tests.Engine.Marks;

/// <summary>A language that has an emitter.</summary>
/// <param name="File">The emitter in module/marks.</param>
/// <param name="Runtime">The program that runs it.</param>
/// <param name="Driver">A program that reads spans from its arguments (tag, number of arguments' words, those words), marks each, then all once more inside of a span <c>outer</c>.</param>
internal sealed record Emitter(string File, string Runtime, string Driver)
{
    public static IReadOnlyDictionary<string, Emitter> All { get; } = new Dictionary<string, Emitter>
    {
        ["Python"] = new("tracer.py", "python3", """
            import sys
            sys.path.insert(0, sys.argv[1])
            import tracer
            def cases():
                rest = sys.argv[2:]
                while rest:
                    count = int(rest[1])
                    words = rest[2:2 + count]
                    yield rest[0], dict(zip(words[::2], words[1::2]))
                    rest = rest[2 + count:]
            def run():
                for tag, arguments in cases():
                    with tracer.span(tag, **arguments):
                        pass
            run()
            tracer.span("outer")(run)()
            """),
        ["Node"] = new("tracer.js", "node", """
            const { span } = require(process.argv[2] + '/tracer.js');
            function run() {
                let rest = process.argv.slice(3);
                while (rest.length > 0) {
                    const words = rest.slice(2, 2 + Number(rest[1]));
                    const args = {};
                    for (let i = 0; i < words.length; i += 2)
                        args[words[i]] = words[i + 1];
                    span(rest[0], args, () => {});
                    rest = rest.slice(2 + words.length);
                }
            }
            run();
            span('outer', run);
            """),
        ["bash"] = new("tracer.sh", "bash", """
            set -eu
            . "$1/tracer.sh"
            shift
            run() {
                local arguments i
                while (($# > 0)); do
                    arguments=()
                    for ((i = 3; i < 3 + $2; i += 2)); do
                        arguments+=("${@:i:1}=${@:i+1:1}")
                    done
                    tracer_begin "$1" ${arguments[@]+"${arguments[@]}"}
                    tracer_end
                    shift $(($2 + 2))
                done
            }
            run "$@"
            tracer_span outer run "$@"
            """),
        ["Go"] = new("tracer.go", "go", """
            package main

            import (
                "os"
                "runtime"
                "strconv"

                "driver/tracer"
            )

            func main() {
                runtime.LockOSThread()
                run(nil)
                outer := tracer.Start("outer")
                defer outer.End()
                run(outer)
            }

            func run(outer *tracer.Span) {
                rest := os.Args[2:]
                for len(rest) > 0 {
                    count, _ := strconv.Atoi(rest[1])
                    var words []any
                    for _, word := range rest[2 : 2+count] {
                        words = append(words, word)
                    }
                    outer.Start(rest[0], words...).End()
                    rest = rest[2+count:]
                }
            }
            """),
    };
}
