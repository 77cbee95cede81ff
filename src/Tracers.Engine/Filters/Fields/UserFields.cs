using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The user that a thread acts as.</summary>
internal static class UserFields
{
    public static FieldInfo[] All { get; } =
    [
        NewField.Number("user.uid", "Number of the effective user; none where it is not known.", "user.uid = 0", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Identity.Details.Uid;
            return value != ThreadDetails.NoId;
        }),
        Name("user.name", "Name of the effective user; none where the capture does not tell it.", "user.name = www-data", static details => details.Uid),
        Account("user.homedir", "Home directory of the effective user; none where the capture does not tell it.", "user.homedir = /root", static user => user.Home),
        Account("user.shell", "Login shell of the effective user; none where the capture does not tell it.", "user.shell endswith /nologin", static user => user.Shell),
        NewField.Number("user.loginuid", "Number of the user who logged in; -1 for none, and where the capture does not say.", "user.loginuid != -1", static (scoped in EventContext c, out long value) =>
        {
            value = (int)c.Thread.Identity.Details.LoginUid;
            return ProcFields.IsKnown(c.Thread);
        }, type: FieldType.Number),
        Name("user.loginname", "Name of the user who logged in; none where nobody did or the capture does not tell it.", "user.loginname = alice", static details => details.LoginUid),
    ];

    private static FieldInfo Name(string name, string description, string example, Func<ThreadDetails, uint> id) => NewField.Text(
        name,
        description,
        example,
        (scoped in EventContext c, out ReadOnlySpan<byte> value) => c.Pass.State.Users.TryGet(id(c.Thread.Identity.Details), out value, out _),
        identity: (scoped in EventContext c, out long value) =>
        {
            bool known = c.Pass.State.Users.TryGet(id(c.Thread.Identity.Details), out _, out int number);
            value = number;
            return known;
        });

    private static FieldInfo Account(string name, string description, string example, Func<UserRecord, ByteText> read) => NewField.Text(
        name,
        description,
        example,
        (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            bool known = c.Pass.State.Accounts.TryGetValue(c.Thread.Identity.Details.Uid, out UserRecord? user);
            value = known ? read(user!).Span : default;
            return known;
        },
        needs: FilterNeeds.Records);
}
