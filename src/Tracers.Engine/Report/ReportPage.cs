using System.IO.Compression;
using System.Security.Cryptography;

namespace Tracers.Engine.Report;

/// <summary>Writes a report as one file: the page, with the data in it.</summary>
internal static class ReportPage
{
    private const string TemplateName = "report.html";

    /// <summary>Writes it.</summary>
    /// <param name="data">What is on it.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Write(ReportData data, Stream output, CancellationToken cancellation)
    {
        ReadOnlySpan<byte> template = Template();
        int place = template.IndexOf(Placeholder);
        output.Write(template[..place]);
        using (ToBase64Transform base64 = new())
        using (CryptoStream text = new(output, base64, CryptoStreamMode.Write, leaveOpen: true))
        using (GZipStream packed = new(text, CompressionLevel.Optimal))
        {
            ReportJson.Write(data, packed, cancellation);
        }

        output.Write(template[(place + Placeholder.Length)..]);
    }

    private static ReadOnlySpan<byte> Placeholder => "{{data}}"u8;

    private static byte[] Template()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(TemplateName)
            ?? throw new InvalidOperationException($"The engine was built without the page of reports, {TemplateName}.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
