using System.Net;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>speedscope as npm has it and files for it to open, on this machine's loopback: from file:// it opens no profile.</summary>
internal sealed class SpeedscopeServer : IDisposable
{
    /// <summary>Names the folder <c>dist/release</c> of npm's package.</summary>
    public const string Variable = "TRACERS_SPEEDSCOPE";

    private readonly HttpListener _listener = new();
    private readonly string _program;
    private readonly string _files;

    /// <param name="files">The folder of the files to open.</param>
    public SpeedscopeServer(string files)
    {
        string? program = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(program), $"{Variable} names no folder: npm pack speedscope@1.25.0, unpack it, and set it to package/dist/release");
        Skip.IfNot(File.Exists(Path.Join(program, "index.html")), $"There is no speedscope in '{program}', which {Variable} names.");
        _program = program;
        _files = files;
        Address = Listen();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>speedscope with one of the files open, in the view that lists the frames as text: the others are drawn by WebGL.</summary>
    public Uri Opening(string file) => new(Address, $"#profileURL={Uri.EscapeDataString(new Uri(Address, "files/" + file).AbsoluteUri)}&view=sandwich");

    public void Dispose() => _listener.Close();

    // Any port that nobody has.
    private Uri Listen()
    {
        for (int attempt = 0; ; attempt++)
        {
            string prefix = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(prefix);
            try
            {
                _listener.Start();
                return new Uri(prefix);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string name = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/');
        string path = name.StartsWith("files/", StringComparison.Ordinal) ? Path.Join(_files, name["files/".Length..]) : Path.Join(_program, name.Length == 0 ? "index.html" : name);
        using HttpListenerResponse response = context.Response;
        if (!File.Exists(path))
        {
            response.StatusCode = 404;
            return;
        }

        response.ContentType = Path.GetExtension(path) switch { ".html" => "text/html", ".js" => "text/javascript", ".css" => "text/css", ".wasm" => "application/wasm", _ => "application/octet-stream" };
        await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(path));
    }
}
