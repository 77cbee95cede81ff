using Tracers.Demo;

if (args.Length is not (1 or 2) || (args.Length == 2 && args[1] != "--compress"))
{
    Console.Error.WriteLine("usage: Tracers.Demo OUT.scap [--compress]");
    return 2;
}

try
{
    using FileStream file = File.Create(args[0]);
    long events = ScriptedService.Write(file, args.Length == 2);
    Console.WriteLine($"{args[0]}: {events} events, {file.Length} bytes");
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
