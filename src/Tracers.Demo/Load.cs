using System.Globalization;

namespace Tracers.Demo;

/// <summary>Some clients at once, each with one request after the other, for some seconds.</summary>
internal sealed class Load(DemoOptions options)
{
    private readonly List<LoadResult> _results = [];

    public void Run(TextWriter output, CancellationToken ending)
    {
        int seconds = options.Seconds ?? 10;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ending);
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        Uri service = new($"http://127.0.0.1:{options.Port}");
        Thread[] clients = [.. Enumerable.Range(0, options.Clients ?? 4).Select(number => new Thread(() =>
        {
            using LoadClient client = new(service, number, Add);
            client.Run(end.Token);
        }))];
        foreach (Thread client in clients) client.Start();
        foreach (Thread client in clients) client.Join();

        output.WriteLine(Line("request", "count", "failed", "mean ms", "max ms", "MB"));
        foreach (IGrouping<string, LoadResult> path in _results.GroupBy(result => result.Path).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            output.WriteLine(Line(
                path.Key,
                path.Count(),
                path.Count(result => !result.IsWhole),
                path.Average(result => result.Time.TotalMilliseconds).ToString("F1", CultureInfo.InvariantCulture),
                path.Max(result => result.Time.TotalMilliseconds).ToString("F1", CultureInfo.InvariantCulture),
                (path.Sum(result => result.Bytes) / 1048576.0).ToString("F1", CultureInfo.InvariantCulture)));
        }
    }

    private void Add(LoadResult result)
    {
        lock (_results) _results.Add(result);
    }

    private static string Line(params object[] columns) =>
        string.Create(CultureInfo.InvariantCulture, $"{columns[0],-10}{columns[1],8}{columns[2],8}{columns[3],10}{columns[4],10}{columns[5],10}");
}
