namespace Tracers.Engine.State;

/// <content>Names of what is gone. A pass over a file keeps all, since sums go by them; a capture that runs for weeks cannot.</content>
internal sealed partial class CaptureState
{
    /// <summary>About how much memory names take, in bytes.</summary>
    public long NameWeight => Fds.Weight + ProcessNames.Weight + Containers.Weight;

    /// <summary>Keeps only the names of threads, containers and descriptors that there are. All numbers of names change.</summary>
    public void ForgetOldNames()
    {
        ByteInterner processes = new();
        FdCatalog catalog = new();
        Dictionary<FdInfo, FdInfo> adopted = new(ReferenceEqualityComparer.Instance);
        HashSet<FdTable> tables = [];
        FdInfo Adopt(FdInfo info) => catalog.Adopt(info, adopted);
        Containers.Clear();
        foreach (TracedThread thread in Threads.All)
        {
            ThreadIdentity identity = thread.Identity;
            ThreadDetails details = identity.Details;
            thread.Identity = identity with
            {
                NameId = identity.NameId < 0 ? identity.NameId : processes.Intern(ProcessNames.Bytes(identity.NameId)),
                Details = details.Container == ContainerTable.Host ? details : details with { Container = Containers.Find(details.Cgroups.Span, details.Root.Span) },
            };
            if (tables.Add(thread.Fds))
                thread.Fds.Replace(Adopt);
        }

        Array.Clear(_strangers);
        ProcessNames = processes;
        Fds = catalog;
    }
}
