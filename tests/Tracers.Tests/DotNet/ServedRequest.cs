using System.Net;

namespace Tracers.Tests.DotNet;

/// <summary>A request that was answered.</summary>
/// <param name="K">Its number: what it reads at once is so much longer than 100,000.</param>
/// <param name="Route">The route that it went to, <c>GET /sync/{k:int}</c>.</param>
/// <param name="Status">The status code of its response.</param>
/// <param name="BodyBytes">Length of its response's body.</param>
/// <param name="ResponseBytes">Length of its response on the connection, with headers.</param>
/// <param name="RequestBytes">Length of its request on the connection.</param>
/// <param name="Client">The client's end of its connection.</param>
internal sealed record ServedRequest(int K, string Route, int Status, long BodyBytes, long ResponseBytes, long RequestBytes, IPEndPoint Client);
