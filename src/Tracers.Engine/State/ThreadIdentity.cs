using System.Text;

namespace Tracers.Engine.State;

/// <summary>Who a thread is: immutable, replaced when a call changes it, so that an emitted object can keep it.</summary>
/// <param name="Tid">Thread id.</param>
/// <param name="Pid">Process id: the tid of the main thread.</param>
/// <param name="ParentTid">Tid of the parent, −1 when it is not known.</param>
/// <param name="Name">The thread's own comm; null for a thread that the capture says nothing of.</param>
/// <param name="NameId">Number of the name in <see cref="CaptureState.ProcessNames"/>; −1 when it is not known.</param>
internal sealed record ThreadIdentity(int Tid, int Pid, int ParentTid, string? Name, int NameId)
{
    /// <summary>What is asked seldom: program, user, container.</summary>
    public ThreadDetails Details { get; init; } = ThreadDetails.Unknown;

    /// <summary>The comm and the arguments, joined with blanks, as sysdig's <c>proc.cmdline</c>.</summary>
    public string? CommandLine => Details.Arguments.Length == 0 ? Name : $"{Name} {ArgumentText}";

    /// <summary>The arguments, joined with blanks.</summary>
    public string ArgumentText
    {
        get
        {
            ReadOnlySpan<byte> arguments = Details.Arguments.Span;
            return Encoding.UTF8.GetString(arguments.EndsWith((byte)0) ? arguments[..^1] : arguments).Replace('\0', ' ');
        }
    }
}
