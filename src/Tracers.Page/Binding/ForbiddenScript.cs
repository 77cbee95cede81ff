using System.Collections.Frozen;
using Acornima.Ast;

namespace Tracers.Page.Binding;

/// <summary>What no script of the page may do: make markup or code of text, or ask for something over a network.</summary>
internal static class ForbiddenScript
{
    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["innerHTML"] = "Text is set with textContent.",
        ["outerHTML"] = "Text is set with textContent.",
        ["insertAdjacentHTML"] = "Text is set with textContent.",
        ["createContextualFragment"] = "Elements are made with createElement.",
        ["parseFromString"] = "Elements are made with createElement.",
        ["setHTMLUnsafe"] = "Text is set with textContent.",
        ["srcdoc"] = "Elements are made with createElement.",
        ["write"] = "Text is set with textContent.",
        ["writeln"] = "Text is set with textContent.",
        ["eval"] = "Text is never run.",
        ["Function"] = "Text is never run.",
        ["fetch"] = "The page asks for nothing.",
        ["XMLHttpRequest"] = "The page asks for nothing.",
        ["WebSocket"] = "The page asks for nothing.",
        ["EventSource"] = "The page asks for nothing.",
        ["sendBeacon"] = "The page asks for nothing.",
        ["importScripts"] = "The page asks for nothing.",
        ["Worker"] = "The page is one file.",
        ["SharedWorker"] = "The page is one file.",
        ["Image"] = "The page asks for nothing.",
        ["RTCPeerConnection"] = "The page asks for nothing.",
        ["serviceWorker"] = "The page is one file.",
    }.ToFrozenDictionary();

    /// <summary>Finds them in a script.</summary>
    public static IEnumerable<Finding> Find(ScriptFile script)
    {
        (SourceFile source, Script program) = script;
        if (!program.Strict)
            yield return source.At(0, "A script begins with 'use strict'.");
        foreach (Node node in program.DescendantNodes())
            switch (node)
            {
                case Identifier id when s_names.TryGetValue(id.Name, out string? instead):
                    yield return source.At(id.Start, $"'{id.Name}' is forbidden here. {instead}");
                    break;
                // By its name in a text as well: element['innerHTML'].
                case StringLiteral text when s_names.TryGetValue(text.Value, out string? instead) && text.Value is not "write":
                    yield return source.At(text.Start, $"'{text.Value}' is forbidden here. {instead}");
                    break;
                case StringLiteral text when IsAddress(text.Value):
                    yield return source.At(text.Start, $"The address '{text.Value}' is forbidden here. The page asks for nothing.");
                    break;
                case TemplateElement text when IsAddress(text.Value.Raw):
                    yield return source.At(text.Start, $"The address '{text.Value.Raw}' is forbidden here. The page asks for nothing.");
                    break;
                case ImportExpression import:
                    yield return source.At(import.Start, "'import()' is forbidden here. The page is one file.");
                    break;
                case CallExpression { Callee: Identifier { Name: "setTimeout" or "setInterval" }, Arguments: [StringLiteral, ..] } timer:
                    yield return source.At(timer.Start, "Text is never run.");
                    break;
                case CallExpression { Callee: MemberExpression { Property: Identifier { Name: "setAttribute" } }, Arguments: [StringLiteral name, ..] } call
                    when name.Value.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name.Value is "style" or "src" or "srcset" or "href":
                    yield return source.At(call.Start, $"The attribute '{name.Value}' is forbidden here.");
                    break;
                case MemberExpression { Computed: false, Property: Identifier { Name: "src" or "srcset" or "href" or "action" } member }:
                    yield return source.At(member.Start, $"'{member.Name}' is forbidden here. The page asks for nothing.");
                    break;
            }
    }

    private static bool IsAddress(string text)
        => (text.Contains("http:", StringComparison.OrdinalIgnoreCase) || text.Contains("https:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("//", StringComparison.Ordinal) || text.Contains("javascript:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            && text != "http://www.w3.org/2000/svg";
}
