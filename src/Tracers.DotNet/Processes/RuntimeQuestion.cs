using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Tracers.DotNet.Processes;

/// <summary>Asks a runtime what it runs and which version it is, which also shows whether it answers.</summary>
/// <remarks>
/// One question of the diagnostics protocol: a header of 20 bytes (magic, length, command set, command, reserved), an answer of the same form.
/// The client library has it, but shows it to nobody, and asks without a limit of time.
/// </remarks>
internal static class RuntimeQuestion
{
    private const int HeaderLength = 20;
    private const int LengthOffset = 14;
    private const int CommandSetOffset = 16;
    private const byte ProcessCommands = 4;
    private const byte ProcessInfo2 = 4;
    private const byte ServerAnswers = 0xFF;
    private const byte ErrorAnswer = 0xFF;
    private const int PidAndCookie = 8 + 16;

    // Command line, system, processor; the entry assembly and the version are next.
    private const int StringsBeforeAssembly = 3;
    private const int MostCharacters = 1 << 16;

    /// <summary>Version and program of the runtime behind a socket; null from one that does not say, .NET 5 and older.</summary>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    /// <exception cref="IOException">It hung up, or does not speak this protocol.</exception>
    public static async Task<(string Version, string Application)?> AskAsync(string path, CancellationToken cancellation)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
        using NetworkStream stream = new(socket);
        byte[] question = new byte[HeaderLength];
        "DOTNET_IPC_V1\0"u8.CopyTo(question);
        BinaryPrimitives.WriteUInt16LittleEndian(question.AsSpan(LengthOffset), HeaderLength);
        question[CommandSetOffset] = ProcessCommands;
        question[CommandSetOffset + 1] = ProcessInfo2;
        await stream.WriteAsync(question, cancellation).ConfigureAwait(false);

        byte[] header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, cancellation).ConfigureAwait(false);
        if (!header.AsSpan().StartsWith("DOTNET_IPC_V1\0"u8) || header[CommandSetOffset] != ServerAnswers)
            throw new IOException("What listens there is no runtime.");
        if (header[CommandSetOffset + 1] == ErrorAnswer)
            return null;
        await stream.ReadExactlyAsync(new byte[PidAndCookie], cancellation).ConfigureAwait(false);
        for (int i = 0; i < StringsBeforeAssembly; i++)
            await ReadStringAsync(stream, cancellation).ConfigureAwait(false);
        string application = await ReadStringAsync(stream, cancellation).ConfigureAwait(false);

        // 10.0.12 or 10.0.0-rc.1+commit.
        string version = await ReadStringAsync(stream, cancellation).ConfigureAwait(false);
        return (version.Split('+')[0], application);
    }

    // The number of characters with the terminating zero, then these in UTF-16. A long command line makes the answer longer than its header can say.
    private static async Task<string> ReadStringAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] number = new byte[4];
        await stream.ReadExactlyAsync(number, cancellation).ConfigureAwait(false);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(number);
        if (length > MostCharacters)
            throw new IOException("What listens there is no runtime.");
        byte[] text = new byte[length * 2];
        await stream.ReadExactlyAsync(text, cancellation).ConfigureAwait(false);
        return Encoding.Unicode.GetString(text).TrimEnd('\0');
    }
}
