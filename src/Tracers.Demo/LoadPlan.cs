using Tracers.Demo.Simulation;

namespace Tracers.Demo;

/// <summary>The load: some clients, each with its requests in order.</summary>
internal static class LoadPlan
{
    public const int ClientCount = 7;
    private const int RequestCount = 154;
    private const long Millisecond = 1_000_000;

    /// <summary>Requests of which the transfer is slow, by number; the rest of the downloads takes 20 to 160 ms.</summary>
    private static readonly HashSet<int> s_slow = [19, 37, 58, 76, 95, 113, 131, 147];

    /// <summary>The requests of each client, the same for the same seed.</summary>
    public static IReadOnlyList<IReadOnlyList<RequestPlan>> Make(ulong seed)
    {
        Dice dice = new(seed);
        List<RequestPlan>[] clients = [.. Enumerable.Range(0, ClientCount).Select(_ => new List<RequestPlan>())];
        for (int number = 0; number < RequestCount; number++) clients[number % ClientCount].Add(MakeRequest(number, dice));
        return clients;
    }

    private static RequestPlan MakeRequest(int number, Dice dice)
    {
        long think = dice.Next(40, 260) * Millisecond;
        bool late = dice.Chance(5);
        if (s_slow.Contains(number)) return new("/download", think) { Transfer = dice.Next(650, 2_700) * Millisecond };
        if (number == 84) return new("/download", think) { Transfer = 900 * Millisecond, Disconnects = true };
        return dice.Next(1, 100) switch
        {
            <= 8 => new("/download", think) { Transfer = dice.Next(20, 160) * Millisecond },
            <= 10 => new("/download?file=missing.bin", think),
            <= 58 => MakeFib(think, late, (int)dice.Next(17, 25)),
            _ => new("/empty", think) { SendsLate = late },
        };
    }

    private static RequestPlan MakeFib(long think, bool late, int n) => new($"/fib?n={n}", think) { FibNumber = n, SendsLate = late };
}
