using Xunit;

namespace Tracers.Tests.DotNet;

public sealed class DotNetServiceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_every_kind_of_request_and_ends_when_its_input_does(bool http2)
    {
        using DotNetService service = DotNetService.Start(http2);
        IReadOnlyList<ServedRequest> served = await ServiceLoad.RunAsync(http2 ? service.Http2Address! : service.Address, 36, 4, http2: http2);
        Assert.Equal(Enumerable.Range(1, 36), served.Select(r => r.K));
        Assert.All(served, r => Assert.Equal(200, r.Status));
        Assert.All(served, r => Assert.Equal(r.Route == "GET /socket" ? ServiceLoad.FirstLength + r.K : r.K < 10 ? 1 : 2, r.BodyBytes));
        if (!http2)
            Assert.All(served, r => Assert.InRange(r.ResponseBytes - r.BodyBytes, 80, 200));
        Assert.Equal(4, served.Select(r => r.Client.Port).Distinct().Count());
        service.Stop();
    }
}
