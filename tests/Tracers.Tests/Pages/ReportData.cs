using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Tracers.Tests.Pages;

/// <summary>The data of a written report, read back from its file as the page does it.</summary>
internal sealed class ReportData
{
    private const string Begin = "<script type=\"application/octet-stream\" id=\"data\">";
    private const string End = "</script>";

    private readonly JsonElement _root;

    private ReportData(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, begin, StringComparison.Ordinal);
        Packed = page[begin..end];
        using GZipStream inflated = new(new MemoryStream(Convert.FromBase64String(Packed)), CompressionMode.Decompress);
        using MemoryStream json = new();
        inflated.CopyTo(json);
        Json = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json.ToArray());
        using JsonDocument document = JsonDocument.Parse(Json);
        _root = document.RootElement.Clone();
        Strings = [.. _root.GetProperty("strings").EnumerateArray().Select(s => s.GetString()!)];
    }

    /// <summary>As it stands in the page.</summary>
    public string Packed { get; }

    public string Json { get; }

    public string[] Strings { get; }

    public JsonElement Capture => _root.GetProperty("capture");

    public JsonElement Limits => _root.GetProperty("limits");

    public static ReportData Read(string path) => new(File.ReadAllText(path));

    /// <summary>A number of <see cref="Limits"/>.</summary>
    public long Limit(string table, string name) => Limits.GetProperty(table).GetProperty(name).GetInt64();

    /// <summary>Names of the columns of a table.</summary>
    public IEnumerable<string> Columns(string table) =>
        _root.GetProperty(table).EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array).Select(p => p.Name);

    /// <summary>A column of a table.</summary>
    public long[] Column(string table, string column) => [.. _root.GetProperty(table).GetProperty(column).EnumerateArray().Select(v => v.GetInt64())];

    /// <summary>A column of numbers of texts, as texts.</summary>
    public string[] Texts(string table, string column) => Array.ConvertAll(Column(table, column), n => Strings[n]);

    /// <summary>A number of a table that is no column.</summary>
    public long Number(string table, string name) => _root.GetProperty(table).GetProperty(name).GetInt64();

    /// <summary>The rows of a table as lines: the values of some columns with blanks between them; <c>$</c> before a name makes texts of its numbers.</summary>
    public string[] Rows(string table, params string[] columns)
    {
        string[][] values = Array.ConvertAll(columns, c => c.StartsWith('$') ? Texts(table, c[1..]) : Array.ConvertAll(Column(table, c), n => $"{n}"));
        return [.. Enumerable.Range(0, values[0].Length).Select(row => string.Join(' ', values.Select(column => column[row])))];
    }
}
