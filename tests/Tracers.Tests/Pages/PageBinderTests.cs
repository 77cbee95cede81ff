using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Tracers.Page.Binding;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>What the build does not let into the page: each rule refuses a page that breaks it, at the line where it does.</summary>
public sealed partial class PageBinderTests : IDisposable
{
    private const string Style = "p { color: red; }\n";
    private const string Script = "'use strict';\nconst text = document.title;\ndocument.title = text;\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_that_breaks_no_rule_becomes_one_file_with_the_hashes_of_what_may_run()
    {
        BoundPage page = Bind();
        Assert.Empty(page.Findings);
        Assert.DoesNotContain("src=", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page.Text, StringComparison.Ordinal);
        string policy = Policy().Match(page.Text).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains(HashOf(Between(page.Text, "<script>", "</script>")), policy, StringComparison.Ordinal);
        Assert.Contains(HashOf(Between(page.Text, "<style>", "</style>")), policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_projects_own_page_breaks_no_rule_and_is_smaller_than_allowed()
    {
        BoundPage page = PageBinder.Bind(Repository.PathOf("src/Tracers.Page/page/page.html"));
        Assert.Empty(page.Findings);
        Assert.True(Encoding.UTF8.GetByteCount(page.Text) <= 300_000);
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", page.Text, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted, free of charge", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("const x = ;", "Unexpected token")]
    [InlineData("undeclared();", "'undeclared' is declared nowhere")]
    [InlineData("document.title = missing.name;", "'missing' is declared nowhere")]
    [InlineData("function f(a) { return a + b; } f();", "'b' is declared nowhere")]
    [InlineData("const unused = 1;", "'unused' is used nowhere")]
    [InlineData("function unused() { }", "'unused' is used nowhere")]
    [InlineData("class Unused { }", "'Unused' is used nowhere")]
    [InlineData("const { unused } = document;", "'unused' is used nowhere")]
    [InlineData("document.body.innerHTML = '';", "'innerHTML' is forbidden")]
    [InlineData("document.body['inner' + 'HTML'] = ''; document.body['innerHTML'] = '';", "'innerHTML' is forbidden")]
    [InlineData("document.body.outerHTML = '';", "'outerHTML' is forbidden")]
    [InlineData("document.body.insertAdjacentHTML('x', '');", "'insertAdjacentHTML' is forbidden")]
    [InlineData("document.write('');", "'write' is forbidden")]
    [InlineData("document.createRange().createContextualFragment('');", "'createContextualFragment' is forbidden")]
    [InlineData("eval('1');", "'eval' is forbidden")]
    [InlineData("new Function('1');", "'Function' is forbidden")]
    [InlineData("setTimeout('alert(1)', 1);", "Text is never run")]
    [InlineData("fetch('x');", "'fetch' is forbidden")]
    [InlineData("new XMLHttpRequest();", "'XMLHttpRequest' is forbidden")]
    [InlineData("new WebSocket('x');", "'WebSocket' is forbidden")]
    [InlineData("navigator.sendBeacon('x');", "'sendBeacon' is forbidden")]
    [InlineData("import('x');", "'import()' is forbidden")]
    [InlineData("document.title = 'https://example.org';", "The address 'https://example.org' is forbidden")]
    [InlineData("document.title = `http://${document.title}`;", "The address 'http://' is forbidden")]
    [InlineData("document.title = '//example.org/x';", "The address '//example.org/x' is forbidden")]
    [InlineData("document.body.firstChild.src = document.title;", "'src' is forbidden")]
    [InlineData("document.body.setAttribute('onclick', 'x');", "The attribute 'onclick' is forbidden")]
    [InlineData("document.body.setAttribute('style', 'x');", "The attribute 'style' is forbidden")]
    [InlineData("function byId(id) { return document.getElementById(id); } byId('gone');", "There is no element 'gone'")]
    [InlineData("document.title = '<!--';", "'<!--' has a meaning of its own")]
    [InlineData("document.title = '</script>';", "'</script' has a meaning of its own")]
    public void A_script_that_breaks_a_rule_is_refused(string line, string message)
    {
        Finding finding = Assert.Single(Bind(script: Script + line + "\n").Findings, finding => finding.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(("main.js", 4), (Path.GetFileName(finding.File), finding.Line));
        Assert.Matches(@"main\.js\(4,\d+\): error PAGE: ", finding.ToString());
    }

    [Theory]
    [InlineData("const { a: [b, ...c], d = 1 } = document; document.title = b + c + d;")]
    [InlineData("for (const [a, b] of new Map()) document.title = a + b;")]
    [InlineData("try { document.title = ''; } catch (e) { document.title = e; }")]
    [InlineData("const f = function g(n) { return n > 0 ? g(n - 1) : 0; }; f(1);")]
    [InlineData("class A { #x = 1; static y = 2; get z() { return this.#x + A.y; } } new A();")]
    [InlineData("outer: for (;;) { break outer; }")]
    [InlineData("const o = { notAName: 1 }; document.title = o.norThis;")]
    [InlineData("function f() { return g(); function g() { return v; } var v; } f();")]
    [InlineData("document.createElementNS('http://www.w3.org/2000/svg', 'svg');")]
    public void A_script_that_breaks_none_is_not_refused(string line) => Assert.Empty(Bind(script: Script + line + "\n").Findings);

    [Fact]
    public void Scripts_share_their_names()
    {
        string other = "'use strict';\nfunction helper() { return 1; }\n";
        Assert.Empty(Bind(script: Script + "helper();\n", other: other).Findings);
        Finding finding = Assert.Single(Bind(script: Script + "function helper() { }\nhelper();\n", other: other).Findings);
        Assert.Contains("'helper' is declared in other.js as well", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_has_to_be_strict()
        => Assert.Contains(Bind(script: "document.title = 'x';\n").Findings, finding => finding.Message.Contains("'use strict'", StringComparison.Ordinal));

    [Theory]
    [InlineData("a { colr: red; }", "There is no property 'colr'")]
    [InlineData("a { color: blurple; }", "'blurple' is no value of 'color'")]
    [InlineData("a { color red; }", "'color red' has no colon")]
    [InlineData("a { color: red;", "This '{' is not closed")]
    [InlineData("a { color: red; } }", "This '}' closes nothing")]
    [InlineData("a..b { color: red; }", "'a..b' is no selector")]
    [InlineData("a { background: url(x.png); }", "'url(' is forbidden")]
    [InlineData("@import 'x.css';", "'@import' is forbidden")]
    [InlineData("@font-face { font-family: x; }", "'@font-face' is forbidden")]
    [InlineData("@medi print { a { color: red; } }", "'@medi print' is not known")]
    [InlineData("a { color: var(--gone); }", "The variable '--gone' is set nowhere")]
    public void A_style_that_breaks_a_rule_is_refused(string line, string message)
    {
        Finding finding = Assert.Single(Bind(style: Style + line + "\n").Findings, finding => finding.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(("style.css", 2), (Path.GetFileName(finding.File), finding.Line));
    }

    [Theory]
    [InlineData("<p id=\"p\"></p>", "The id 'p' is there twice")]
    [InlineData("<label for=\"gone\">x</label>", "There is no element 'gone'")]
    [InlineData("<p aria-labelledby=\"p gone\"></p>", "There is no element 'gone'")]
    [InlineData("<a href=\"#gone\">x</a>", "is no element of the page")]
    [InlineData("<a href=\"https://example.org\">x</a>", "is no element of the page")]
    [InlineData("<p onclick=\"x()\"></p>", "The attribute 'onclick' is forbidden")]
    [InlineData("<p style=\"color: red\"></p>", "The attribute 'style' is forbidden")]
    [InlineData("<img src=\"x.png\">", "<img> is forbidden")]
    [InlineData("<iframe></iframe>", "<iframe> is forbidden")]
    [InlineData("<style>p { color: red; }</style>", "<style> is forbidden")]
    [InlineData("<script>alert(1)</script>", "A script is a file of its own")]
    [InlineData("<script src=\"gone.js\"></script>", "'gone.js' is not there")]
    [InlineData("<input type=\"text\">", "<input> has no name")]
    [InlineData("<canvas></canvas>", "<canvas> has no name")]
    [InlineData("<button type=\"button\"></button>", "<button> has no name")]
    [InlineData("<p>{{data}}</p>", "has to be in the page exactly once")]
    [InlineData("<p id=\"q\" id=\"r\"></p>", "attribute")]
    public void Markup_that_breaks_a_rule_is_refused(string line, string message)
        => Assert.Contains(Bind(markup: line).Findings, finding => Path.GetFileName(finding.File) == "page.html" && finding.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_page_that_is_too_large_is_refused()
    {
        BoundPage page = Bind(script: Script + "// " + new string('x', PageBinder.LargestPage) + "\n");
        Assert.Contains(page.Findings, finding => finding.Message.Contains("300000 are allowed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_others_wrote_needs_its_licence_and_keeps_it()
    {
        Directory.CreateDirectory(Path.Join(_folder.FullName, "lib"));
        _folder.File("lib/lib.js", "var lib = function () { return undeclared; };");
        Finding finding = Assert.Single(Bind(script: Script + "lib();\n", scripts: ["lib/lib.js"]).Findings);
        Assert.Contains("needs its LICENSE", finding.Message, StringComparison.Ordinal);

        _folder.File("lib/LICENSE", "Be kind.");
        BoundPage page = Bind(script: Script + "lib();\n", scripts: ["lib/lib.js"]);
        Assert.Empty(page.Findings);
        Assert.Contains("/*! lib.js\nBe kind.\n*/", page.Text, StringComparison.Ordinal);
    }

    private BoundPage Bind(string script = Script, string style = Style, string markup = "", string? other = null, params string[] scripts)
    {
        _folder.File("main.js", script);
        _folder.File("style.css", style);
        if (other is not null)
        {
            _folder.File("other.js", other);
            scripts = [.. scripts, "other.js"];
        }

        string references = string.Concat(scripts.Select(static name => $"<script src=\"{name}\"></script>\n"));
        return PageBinder.Bind(_folder.File("page.html", $$$"""
            <!doctype html>
            <html lang="en"><head>
            <meta charset="utf-8">
            <title>t</title>
            <link rel="stylesheet" href="style.css">
            </head><body>
            <p id="p">text</p>
            {{{markup}}}
            <script type="application/octet-stream" id="data">{{data}}</script>
            {{{references}}}<script src="main.js"></script>
            </body></html>
            """));
    }

    private static string Between(string text, string begin, string end)
    {
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();
}
