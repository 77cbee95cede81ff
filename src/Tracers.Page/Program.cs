using Tracers.Page.Binding;

if (args is not [string source, string destination])
{
    Console.Error.WriteLine("Usage: Tracers.Page PAGE.HTML REPORT.HTML");
    return 2;
}

BoundPage page = PageBinder.Bind(source);
foreach (Finding finding in page.Findings)
    Console.WriteLine(finding);
if (page.Findings.Count > 0)
{
    // A page of before must not stand for this one.
    File.Delete(destination);
    return 1;
}
File.WriteAllText(destination, page.Text);
return 0;
