using BenchmarkDotNet.Attributes;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Benchmarks;

/// <summary>Reading one marker. Nanoseconds and bytes of a marker.</summary>
public class MarkerBenchmark
{
    private const int Markers = 1_000_000;

    private readonly ThreadIdentity _writer = new(100, 100, 1, "python", 0);
    private byte[] _data = [];

    /// <summary>As it was written.</summary>
    [Params(">:t:search::", ">:t:search.db:user=1,rows=30:", "<:1234567:a.b.c.d:code=200:", "=:12:::")]
    public string Marker { get; set; } = "";

    /// <summary>Makes its bytes.</summary>
    [GlobalSetup]
    public void Make() => _data = System.Text.Encoding.UTF8.GetBytes(Marker);

    /// <summary>Parses it.</summary>
    [Benchmark(OperationsPerInvoke = Markers)]
    public long Parse()
    {
        long ids = 0;
        for (int i = 0; i < Markers; i++)
        {
            if (MarkerParser.Parse(_data, _writer, out Marker marker) == MarkerParse.Ok)
                ids += marker.Id;
        }

        return ids;
    }
}
