using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>The one place that says what each event number changes.</summary>
internal static class StateRules
{
    /// <summary>Rules by event number.</summary>
    public static readonly StateRule[] ByType = Make();

    private static StateRule[] Make()
    {
        StateRule[] rules = new StateRule[EventTable.Infos.Length];

        Set(StateRule.KeepEnter, 2, 58, 102, 306, 326, 18, 42, 96, 150, 292, 288, 330);
        Set(StateRule.BeginConnect, 22);
        Set(StateRule.KeepSendEnter, 30, 48);
        Set(StateRule.BeginClose, 4);
        Set(StateRule.Open, 3, 59);
        Set(StateRule.OpenAt, 307, 327);
        Set(StateRule.OldOpenAt, 103);
        Set(StateRule.Close, 5);
        Set(StateRule.CloseRange, 451);
        Set(StateRule.OpenByHandle, 337);
        Set(StateRule.Duplicate, 125, 363, 365, 367);
        Set(StateRule.Fcntl, 151);
        Set(StateRule.Socket, 19);
        Set(StateRule.SocketPair, 43);
        Set(StateRule.Bind, 21);
        Set(StateRule.Connect, 23);
        Set(StateRule.Accept, 27, 57, 247, 249, 389);
        Set(StateRule.Send, 31, 49);
        Set(StateRule.ReceiveFrom, 35);
        Set(StateRule.ReceiveMessage, 53);
        Set(StateRule.Pipe, 61, 393);
        Set(StateRule.NewEvent, 63, 397);
        Set(StateRule.NewSignalFd, 127, 399);
        Set(StateRule.NewTimerFd, 137);
        Set(StateRule.NewInotify, 139, 395);
        Set(StateRule.NewEventPoll, 375, 377);
        Set(StateRule.NewIoUring, 339);
        Set(StateRule.NewMemFd, 405);
        Set(StateRule.NewFdOfOther, 407);
        Set(StateRule.NewPidFd, 409);
        Set(StateRule.ChangeDirectory, 95);
        Set(StateRule.ChangeDirectoryByFd, 97);
        Set(StateRule.Clone, 15, 157, 183, 185, 217, 219, 221, 223, 225, 227, 335);
        Set(StateRule.Execve, 13, 155, 173, 215, 231, 283, 289, 293, 331);
        Set(StateRule.ProcessExit, 16, 186);
        Set(StateRule.KeepEnter, 140, 142, 144, 166, 188, 192, 194, 198, 200, 294, 332);
        Set(StateRule.Transfer, 167, 189, 333);
        Set(StateRule.Messages, 51, 55);
        Set(StateRule.ReadDirectory, 93);
        Set(StateRule.Ids, 193, 195, 199, 201, 427, 429);
        Set(StateRule.NewSession, 275);
        Set(StateRule.ProcessGroup, 295);
        Set(StateRule.ChangeRoot, 267);
        Set(StateRule.Limit, 141, 143, 145);
        Set(StateRule.ProcessControl, 401);
        Set(StateRule.Container, 228, 272, 324, 402);
        Set(StateRule.Account, 354, 356, 358, 360);
        Set(StateRule.Task, 430);
        Set(StateRule.TaskFile, 432, 434, 436, 438, 440, 442, 444, 446, 448);
        return rules;

        void Set(StateRule rule, params ReadOnlySpan<int> types)
        {
            foreach (int type in types)
                rules[type] = rule;
        }
    }
}
