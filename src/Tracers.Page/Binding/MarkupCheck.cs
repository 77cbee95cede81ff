using Acornima.Ast;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;

namespace Tracers.Page.Binding;

/// <summary>The markup's syntax, what it names of itself, what the scripts name of it, and what it must not have: anything that runs or asks.</summary>
internal static class MarkupCheck
{
    private static readonly string[] s_references = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"];

    /// <summary>Checks the markup.</summary>
    /// <param name="markup">The page as it is in the sources.</param>
    /// <param name="scripts">The scripts that find elements in it.</param>
    public static IEnumerable<Finding> Check(SourceFile markup, IReadOnlyList<ScriptFile> scripts)
    {
        List<Finding> findings = [];
        HtmlParser parser = new(new HtmlParserOptions { IsKeepingSourceReferences = true });
        parser.Error += (_, e) =>
        {
            if (e is HtmlErrorEvent error)
                findings.Add(new(markup.Path, error.Position.Line, error.Position.Column, error.Message));
        };
        IHtmlDocument page = parser.ParseDocument(markup.Text);
        HashSet<string> ids = [];
        foreach (IElement element in page.All.Where(static element => element.HasAttribute("id")))
            if (!ids.Add(element.Id!))
                findings.Add(At(markup, element, $"The id '{element.Id}' is there twice."));

        foreach (IElement element in page.All)
        {
            foreach (IAttr attribute in element.Attributes)
                if (attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "srcset" or "action")
                    findings.Add(At(markup, element, $"The attribute '{attribute.Name}' is forbidden here."));
            foreach (string id in s_references.SelectMany(name => (element.GetAttribute(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                if (!ids.Contains(id))
                    findings.Add(At(markup, element, $"There is no element '{id}'."));
            if (element is IHtmlAnchorElement && element.GetAttribute("href") is not ['#', .. var target] || element is IHtmlAnchorElement && !ids.Contains(element.GetAttribute("href")![1..]))
                findings.Add(At(markup, element, $"'{element.GetAttribute("href")}' is no element of the page."));
            if (element is IHtmlStyleElement or IHtmlBaseElement or IHtmlInlineFrameElement or IHtmlObjectElement or IHtmlEmbedElement or IHtmlImageElement or IHtmlMediaElement)
                findings.Add(At(markup, element, $"<{element.LocalName}> is forbidden here."));
            if (element is IHtmlScriptElement && !element.HasAttribute("src") && element.Id != "data")
                findings.Add(At(markup, element, "A script is a file of its own."));
            if (element is IHtmlLinkElement && element.GetAttribute("rel") != "stylesheet")
                findings.Add(At(markup, element, "A <link> is for a style of the page only."));
            if (element is (IHtmlInputElement or IHtmlSelectElement or IHtmlCanvasElement or IHtmlButtonElement) && !HasName(page, element))
                findings.Add(At(markup, element, $"<{element.LocalName}> has no name: a label, aria-label or aria-labelledby, or aria-hidden where it is not for reading."));
        }

        foreach (ScriptFile script in scripts)
            foreach (CallExpression call in script.Program.DescendantNodes().OfType<CallExpression>())
                if (call is { Callee: Identifier { Name: "byId" }, Arguments: [StringLiteral id] } && !ids.Contains(id.Value))
                    findings.Add(script.Source.At(id.Start, $"There is no element '{id.Value}' in {Path.GetFileName(markup.Path)}."));
        return findings;
    }

    private static bool HasName(IHtmlDocument page, IElement element)
        => element.HasAttribute("aria-label") || element.HasAttribute("aria-labelledby") || element.GetAttribute("aria-hidden") == "true"
        || element is IHtmlButtonElement && element.TextContent.Trim().Length > 0
        || element.Ancestors<IHtmlLabelElement>().Any() || page.All.Any(label => label is IHtmlLabelElement && label.GetAttribute("for") is { } id && id == element.Id);

    private static Finding At(SourceFile markup, IElement element, string message)
        => new(markup.Path, element.SourceReference?.Position.Line ?? 1, element.SourceReference?.Position.Column ?? 1, message);
}
